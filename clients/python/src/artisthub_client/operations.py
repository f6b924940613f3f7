"""A method for each operation of the API. Generated from the contract by `make clients`."""

from __future__ import annotations

import datetime
from typing import Literal

from artisthub_client.transport import Transport, new_key, path
from artisthub_client.models import *  # noqa: F403
from artisthub_client.wire import UNSET, Unset, Version


class Operations(Transport):
    def answer_challenge(
        self,
        body: DevicePasswordVerifier | DeviceSrp | PasswordVerifier | SoftwareToken,
    ) -> Step:
        """Answer a sign-in challenge, and get tokens or the next challenge.

        Public. The challenge comes from startLogin or from this operation. `username` is USERNAME in
        the challenge's `parameters`; send it in every later step. SOFTWARE_TOKEN_MFA asks for the code
        of the authenticator app. DEVICE_SRP_AUTH and DEVICE_PASSWORD_VERIFIER ask for the proof of a
        remembered device. `expiresIn` is in seconds. A sign-in without `deviceKey` returns `newDevice`.
        Confirm it with confirmDevice; otherwise this session cannot be refreshed. SignInFailed means a
        wrong password, an unknown, unconfirmed or disabled account, an expired challenge, or a
        forgotten device. If you sent `deviceKey`, try again without it.
        """
        _answer: Step = self._call(
            Step,
            "POST",
            "/v1/auth/challenge",
            body=body,
            public=True,
        )
        return _answer

    def change_email(
        self,
        *,
        email: str,
    ) -> NextStep:
        """Mail a code to another e-mail address, which becomes the caller's with confirmEmail.

        The caller must have signed in within the last 15 minutes. Until the code is confirmed, the
        account keeps its address. The rules for the address are those of signUp. The response is the
        same for every address, but no code is mailed to one that has an account.
        """
        _answer: NextStep = self._call(
            NextStep,
            "POST",
            "/v1/auth/email",
            body=Address(
                email=email,
            ),
        )
        return _answer

    def change_password(
        self,
        *,
        previous_password: str,
        password: str,
    ) -> None:
        """Change the caller's password.

        The rules for the new password are those of signUp. Both passwords are sent as they are, over
        TLS, because Cognito has no SRP for this call. They are never stored. Sessions stay signed in.
        To end them, call logout with `everywhere`.
        """
        self._call(
            None,
            "POST",
            "/v1/auth/change-password",
            body=PasswordChange(
                previous_password=previous_password,
                password=password,
            ),
        )

    def confirm_device(
        self,
        device_key: str,
        *,
        name: str,
        password_verifier: str,
        salt: str,
        remember: bool | None = None,
    ) -> None:
        """Confirm the device of a new sign-in, so that its session can be refreshed.

        The device comes from `newDevice` of answerChallenge. It creates a secret and keeps it. An SRP
        library for Cognito computes `salt` and `passwordVerifier` from the secret, `deviceKey` and
        `deviceGroupKey`. They are set once. With `remember`, the device signs in without the second
        factor, so ask its owner first. A repeated call is safe; on a confirmed device it changes only
        `remember`.
        """
        self._call(
            None,
            "PUT",
            path("/v1/auth/devices/{device_key}", device_key=device_key),
            body=DeviceConfirmation(
                name=name,
                password_verifier=password_verifier,
                salt=salt,
                remember=remember,
            ),
        )

    def confirm_email(
        self,
        *,
        code: str,
    ) -> None:
        """Confirm the new e-mail address with the code from changeEmail.

        The caller then signs in with the new address. All sessions end, also this one, and the former
        address gets an e-mail about the change. CodeInvalid means a wrong code, a code older than 24
        hours or of an earlier changeEmail, or an address that got an account in the meantime.
        """
        self._call(
            None,
            "PUT",
            "/v1/auth/email",
            body=EmailConfirmation(
                code=code,
            ),
        )

    def confirm_sign_up(
        self,
        *,
        email: str,
        code: str,
        password: str | None = None,
    ) -> None:
        """Confirm an account with the mailed code, so that it can sign in.

        Public. Always send `password`, the one that this person chose. It becomes the password of the
        account, even if someone else has signed up with the address since. Without it, the account has
        the password of the latest sign-up. CodeInvalid means a wrong code, a code older than 24 hours
        or of an earlier sign-up, an address without an account, an account that is already confirmed,
        or too many wrong tries.
        """
        self._call(
            None,
            "POST",
            "/v1/auth/confirm",
            body=Confirmation(
                email=email,
                code=code,
                password=password,
            ),
            public=True,
        )

    def confirm_totp(
        self,
        *,
        code: str,
        device_name: str | None = None,
    ) -> None:
        """Turn on the second factor with the secret from setUpTotp.

        Each sign-in then asks for a code. `code` is the one that the authenticator app shows now.
        """
        self._call(
            None,
            "PUT",
            "/v1/auth/mfa/totp",
            body=TotpConfirmation(
                code=code,
                device_name=device_name,
            ),
        )

    def disable_totp(
        self,
    ) -> None:
        """Turn off the second factor.

        The caller then signs in with the password alone. The caller must have signed in, with the
        second factor, within the last 15 minutes.
        """
        self._call(
            None,
            "DELETE",
            "/v1/auth/mfa/totp",
        )

    def exchange_code(
        self,
        *,
        code: str,
        code_verifier: str,
        redirect_uri: str,
    ) -> SignedIn:
        """Exchange an authorization code of the hosted UI for tokens.

        Public. `redirectUri` is the callback URL that received the code. `codeVerifier` is the secret
        whose S256 challenge the client sent to the hosted UI, with the scopes openid and
        aws.cognito.signin.user.admin. A code is valid once, for 5 minutes. To refresh the tokens, call
        refreshSession with the access token's `sub` as `username`. Send no `deviceKey` unless the
        access token has the claim `device_key`, because the hosted UI registers no device.
        """
        _answer: SignedIn = self._call(
            SignedIn,
            "POST",
            "/v1/auth/token",
            body=AuthorizationCode(
                code=code,
                code_verifier=code_verifier,
                redirect_uri=redirect_uri,
            ),
            public=True,
        )
        return _answer

    def forget_device(
        self,
        device_key: str,
    ) -> None:
        """Forget a device of the caller.

        Its session can no longer be refreshed, and its next sign-in is that of a new device.
        """
        self._call(
            None,
            "DELETE",
            path("/v1/auth/devices/{device_key}", device_key=device_key),
        )

    def forgot_password(
        self,
        *,
        email: str,
    ) -> NextStep:
        """Mail a code for resetPassword.

        Public. A code is mailed only if the address has a confirmed account. The response is always
        the same.
        """
        _answer: NextStep = self._call(
            NextStep,
            "POST",
            "/v1/auth/forgot-password",
            body=Address(
                email=email,
            ),
            public=True,
        )
        return _answer

    def list_devices(
        self,
        *,
        limit: int | None = None,
        cursor: str | None = None,
    ) -> DevicePage:
        """List the caller's confirmed devices.

        A page has at most 60 devices.
        """
        _answer: DevicePage = self._call(
            DevicePage,
            "GET",
            "/v1/auth/devices",
            query={
                "limit": limit,
                "cursor": cursor,
            },
        )
        return _answer

    def logout(
        self,
        *,
        refresh_token: str | None = None,
        everywhere: bool | None = None,
    ) -> None:
        """End one session or all sessions of the caller.

        `refreshToken` ends its session; `everywhere` ends all sessions. Refresh tokens stop working at
        once. Cognito then refuses the access tokens, but this API accepts them until they expire, after
        at most an hour.
        """
        self._call(
            None,
            "POST",
            "/v1/auth/logout",
            body=Logout(
                refresh_token=refresh_token,
                everywhere=everywhere,
            ),
        )

    def refresh_session(
        self,
        *,
        refresh_token: str,
        username: str,
        device_key: str | None = None,
    ) -> SignedIn:
        """Exchange a refresh token for new access and ID tokens.

        Public. A refresh token is valid for 30 days after the sign-in. `username` is the access token's
        `sub`. `deviceKey` is the key that the sign-in sent, or the key of its `newDevice` after
        confirmDevice. A session of exchangeCode has none. SessionEnded means an expired or revoked
        token, a missing or wrong `deviceKey`, or a device that was never confirmed or was forgotten.
        Cognito does not tell them apart.
        """
        _answer: SignedIn = self._call(
            SignedIn,
            "POST",
            "/v1/auth/refresh",
            body=Refresh(
                refresh_token=refresh_token,
                username=username,
                device_key=device_key,
            ),
            public=True,
        )
        return _answer

    def resend_code(
        self,
        *,
        email: str,
    ) -> NextStep:
        """Mail a new code for confirmSignUp.

        Public. A code is mailed only if the address has an unconfirmed account. The response is
        always the same.
        """
        _answer: NextStep = self._call(
            NextStep,
            "POST",
            "/v1/auth/resend-code",
            body=Address(
                email=email,
            ),
            public=True,
        )
        return _answer

    def reset_password(
        self,
        *,
        email: str,
        code: str,
        password: str,
    ) -> None:
        """Set a new password with the code from forgotPassword.

        Public. The rules for the password are those of signUp. All sessions of the account end, its
        second factor is turned off and its devices are forgotten. CodeInvalid means a wrong code, a
        code older than an hour, an address without an account, or too many wrong tries.
        """
        self._call(
            None,
            "POST",
            "/v1/auth/reset-password",
            body=NewPassword(
                email=email,
                code=code,
                password=password,
            ),
            public=True,
        )

    def set_up_totp(
        self,
    ) -> TotpSecret:
        """Create a secret for the caller's authenticator app.

        It becomes the second factor with confirmTotp. The caller must have signed in within the last 15
        minutes. If the caller already has a second factor, confirm the new one at once: Cognito may no
        longer accept the old one.
        """
        _answer: TotpSecret = self._call(
            TotpSecret,
            "POST",
            "/v1/auth/mfa/totp",
        )
        return _answer

    def sign_up(
        self,
        *,
        email: str,
        password: str,
    ) -> NextStep:
        """Create an account and mail a code for confirmSignUp.

        Public. `email` has at most 254 characters and is not case-sensitive. `password` has 12 to 256
        characters, with a lower-case letter, an upper-case letter, a digit and a symbol, and no spaces
        at either end. It is used exactly as sent. The response is the same for every address. If it has
        a confirmed account, that does not change. If it has an account that nobody has confirmed, this
        sign-up replaces it, and earlier codes stop working.
        """
        _answer: NextStep = self._call(
            NextStep,
            "POST",
            "/v1/auth/signup",
            body=NewAccount(
                email=email,
                password=password,
            ),
            public=True,
        )
        return _answer

    def start_login(
        self,
        *,
        email: str,
        srp_a: str,
        device_key: str | None = None,
    ) -> Challenge:
        """Start a sign-in with SRP.

        Public. The password never leaves the client. `srpA` is the client's A in hexadecimal. Send
        `deviceKey` if confirmDevice confirmed this device before. The response is the challenge
        PASSWORD_VERIFIER; send its answer with answerChallenge within 3 minutes. SRP libraries for
        Cognito read its `parameters`. An address that cannot sign in gets a challenge that no password
        solves.
        """
        _answer: Challenge = self._call(
            Challenge,
            "POST",
            "/v1/auth/login",
            body=Login(
                email=email,
                srp_a=srp_a,
                device_key=device_key,
            ),
            public=True,
        )
        return _answer

    def confirm_user(
        self,
        *,
        email: str,
    ) -> None:
        """Confirm an account without a mailed code.

        Administrators only. Use it if the mail does not arrive, and only after you checked that the
        person owns the address: it then counts as verified. Anyone can have signed up with it, so the
        password of the sign-up stops working. The person sets a new one with forgotPassword and
        resetPassword. If the account is already confirmed, nothing changes. The audit records every
        call, even one that fails.
        """
        self._call(
            None,
            "POST",
            "/v1/admin/accounts/confirm",
            body=Address(
                email=email,
            ),
        )

    def decide_case(
        self,
        case_id: str,
        *,
        outcome: CaseOutcome,
        reason: str,
        if_match: Version | None = None,
    ) -> CaseSummary:
        """Decide a case.

        Administrators only, and not about their own things. `dismissed` changes nothing. `removed`
        takes down a casting, and `suspended` suspends the responsible account, as takeDownCasting and
        suspendUser do. `deleted` deletes an upload within seconds. Both sides are notified of the
        outcome. The same decision again changes nothing, so a retry is safe. With `If-Match`, a case
        that changed since gets 412.
        """
        _answer: CaseSummary = self._call(
            CaseSummary,
            "PUT",
            path("/v1/admin/cases/{case_id}/decision", case_id=case_id),
            body=NewDecision(
                outcome=outcome,
                reason=reason,
            ),
            if_match=if_match,
        )
        return _answer

    def get_case(
        self,
        case_id: str,
        *,
        limit: int | None = None,
        cursor: str | None = None,
    ) -> CaseFile:
        """Get a case with its reports.

        Administrators only. `If-Match` of decideCase takes the case's `version`, in quotation marks.
        """
        _answer: CaseFile = self._call(
            CaseFile,
            "GET",
            path("/v1/admin/cases/{case_id}", case_id=case_id),
            query={
                "limit": limit,
                "cursor": cursor,
            },
        )
        return _answer

    def lift_suspension(
        self,
        user_id: str,
    ) -> None:
        """Lift the suspension of an account.

        Administrators only, and not for their own account. A deleted account stays deleted. If the
        account is not suspended, nothing changes.
        """
        self._call(
            None,
            "DELETE",
            path("/v1/admin/users/{user_id}/suspension", user_id=user_id),
        )

    def list_audit_entries(
        self,
        *,
        subject: str,
        limit: int | None = None,
        cursor: str | None = None,
    ) -> AuditEntryPage:
        """List the changes by administrators to an account or a casting, newest first.

        Administrators only.
        """
        _answer: AuditEntryPage = self._call(
            AuditEntryPage,
            "GET",
            "/v1/admin/audit",
            query={
                "limit": limit,
                "cursor": cursor,
                "subject": subject,
            },
        )
        return _answer

    def list_cases(
        self,
        *,
        limit: int | None = None,
        cursor: str | None = None,
        reason: CaseReason | None = None,
        sort: ListCasesSort | None = None,
    ) -> CaseSummaryPage:
        """List the open cases, newest first or those with most reporters first.

        Administrators only. With `reason`, the order is by the reports with this reason only. A page
        may have fewer items than its limit and still have a `next`.
        """
        _answer: CaseSummaryPage = self._call(
            CaseSummaryPage,
            "GET",
            "/v1/admin/cases",
            query={
                "limit": limit,
                "cursor": cursor,
                "reason": reason,
                "sort": sort,
            },
        )
        return _answer

    def reinstate_casting(
        self,
        casting_id: str,
    ) -> Casting:
        """Reinstate a casting that was taken down.

        Administrators only, and not for their own castings. The casting gets its earlier status back.
        If it is not taken down, nothing changes.
        """
        _answer: Casting = self._call(
            Casting,
            "DELETE",
            path("/v1/admin/castings/{casting_id}/takedown", casting_id=casting_id),
        )
        return _answer

    def set_quota(
        self,
        user_id: str,
        quota: str,
        *,
        reason: str,
        most: int | None,
    ) -> None:
        """Change a quota of an account.

        Administrators only, and not for their own account. The account can use the new quota at once,
        and keeps it until it is changed again. `most` null restores the usual quota.
        """
        self._call(
            None,
            "PUT",
            path("/v1/admin/users/{user_id}/quotas/{quota}", user_id=user_id, quota=quota),
            body=NewQuota(
                reason=reason,
                most=most,
            ),
        )

    def suspend_user(
        self,
        user_id: str,
        *,
        reason: str,
    ) -> None:
        """Suspend an account.

        Administrators only, and not for their own account. Others no longer see the account, its
        castings and its uploads. It can make no changes, but its owner may delete it. Nobody can sign
        up with its e-mail address. Its owner finds the reason in exportMe. A deleted account can be
        suspended too, and stays suspended if it is restored. If it is already suspended, nothing
        changes.
        """
        self._call(
            None,
            "PUT",
            path("/v1/admin/users/{user_id}/suspension", user_id=user_id),
            body=Grounds(
                reason=reason,
            ),
        )

    def take_down_casting(
        self,
        casting_id: str,
        *,
        reason: str,
    ) -> Casting:
        """Take down a casting.

        Administrators only, and not for their own castings. Then only its recruiter and administrators
        see it, and the recruiter cannot change it. The recruiter sees the reason. If it is already
        taken down, nothing changes.
        """
        _answer: Casting = self._call(
            Casting,
            "PUT",
            path("/v1/admin/castings/{casting_id}/takedown", casting_id=casting_id),
            body=Grounds(
                reason=reason,
            ),
        )
        return _answer

    def verify_recruiter(
        self,
        user_id: str,
        *,
        if_match: Version | None = None,
    ) -> None:
        """Mark a recruiter as verified.

        Administrators only, and not for their own account. Everyone then sees `verifiedAt` in the
        profile. If the recruiter is already verified, the time does not change. Send the ETag of the
        profile that you checked as `If-Match`: a profile that changed since gets 412.
        """
        self._call(
            None,
            "PUT",
            path("/v1/admin/users/{user_id}/verification", user_id=user_id),
            if_match=if_match,
        )

    def withdraw_verification(
        self,
        user_id: str,
    ) -> None:
        """Withdraw the verification of a recruiter.

        Administrators only, and not for their own account. If the account is not verified, nothing
        changes.
        """
        self._call(
            None,
            "DELETE",
            path("/v1/admin/users/{user_id}/verification", user_id=user_id),
        )

    def answer_application(
        self,
        casting_id: str,
        application_id: str,
        *,
        answer: ArtistAnswer,
        if_match: Version | None = None,
    ) -> OwnApplication:
        """Answer the recruiter of an application.

        For its artist only. An audition can be confirmed, and an offer accepted or refused. An accepted
        offer can still be withdrawn until it is booked; a refused one has ended. The recruiter is
        notified. If the application already has the status, nothing changes, so a retry is safe.
        `If-Match` is optional.
        """
        _answer: OwnApplication = self._call(
            OwnApplication,
            "PUT",
            path(
                "/v1/castings/{casting_id}/applications/{application_id}/answer",
                casting_id=casting_id,
                application_id=application_id,
            ),
            body=ApplicationAnswer(
                answer=answer,
            ),
            if_match=if_match,
        )
        return _answer

    def apply_to_casting(
        self,
        casting_id: str,
        *,
        role_id: str,
        share_contact: bool,
        note: str | None = None,
        media_urls: list[str] | None = None,
        idempotency_key: str | None = None,
    ) -> OwnApplication:
        """Apply for an open role of an open casting.

        Artists only, once for each role. A withdrawn application cannot be sent again. An application
        that arrives while the role or the casting closes is stored before it closes, or refused.
        """
        _answer: OwnApplication = self._call(
            OwnApplication,
            "POST",
            path("/v1/castings/{casting_id}/applications", casting_id=casting_id),
            body=NewApplication(
                role_id=role_id,
                share_contact=share_contact,
                note=note,
                media_urls=media_urls,
            ),
            idempotency_key=idempotency_key or new_key(),
        )
        return _answer

    def assess_application(
        self,
        casting_id: str,
        application_id: str,
        *,
        if_match: Version,
        rating: int | None = None,
        tags: list[str] | None = None,
        recruiter_notes: list[NoteFields] | None = None,
    ) -> ReceivedApplication:
        """Rate, tag and annotate an application.

        For the casting's recruiter only, in every status. The artist never sees the rating, tags or
        notes, and is not notified.
        """
        _answer: ReceivedApplication = self._call(
            ReceivedApplication,
            "PUT",
            path(
                "/v1/castings/{casting_id}/applications/{application_id}/assessment",
                casting_id=casting_id,
                application_id=application_id,
            ),
            body=Assessment(
                rating=rating,
                tags=tags,
                recruiter_notes=recruiter_notes,
            ),
            if_match=if_match,
        )
        return _answer

    def export_applicants(
        self,
        casting_id: str,
        *,
        limit: int | None = None,
        cursor: str | None = None,
        status: list[ApplicationStatus] | None = None,
        role_id: list[str] | None = None,
    ) -> bytes:
        """Export a casting's applicants as CSV for a spreadsheet, the newest first.

        For the casting's recruiter only. The columns have the names of fields of getApplication and
        listApplicants, and are empty where these are null. Only the first page has the header row, so
        that the pages one after the other are the file. The `Link` header (RFC 8288) has the address of
        the next page as `rel="next"`; the last page has none. A text that a spreadsheet would run as a
        formula begins with an apostrophe. The file begins with a byte order mark, without which Excel
        does not read it as UTF-8.
        """
        _answer: bytes = self._call(
            bytes,
            "GET",
            path("/v1/castings/{casting_id}/applicants.csv", casting_id=casting_id),
            query={
                "limit": limit,
                "cursor": cursor,
                "status": status,
                "roleId": role_id,
            },
        )
        return _answer

    def get_application(
        self,
        casting_id: str,
        application_id: str,
        *,
        if_none_match: OwnApplication | ReceivedApplication | None = None,
    ) -> OwnApplication | ReceivedApplication:
        """Get an application.

        For the artist and the casting's recruiter only. The recruiter also sees the artist's profile
        and, if the artist shares them, the e-mail address, phone number and physical stats. After a
        withdrawal the recruiter sees nothing of the artist. While the casting is taken down or hidden
        by reports, only the artist can read the application. Of very long skills and languages, the
        last are left out.
        """
        _answer: OwnApplication | ReceivedApplication = self._call(
            OwnApplication | ReceivedApplication,
            "GET",
            path(
                "/v1/castings/{casting_id}/applications/{application_id}",
                casting_id=casting_id,
                application_id=application_id,
            ),
            if_none_match=if_none_match,
        )
        return _answer

    def get_my_relations(
        self,
        *,
        castings: list[str] | None = None,
        people: list[str] | None = None,
    ) -> Relations:
        """Get what the caller has to do with up to 20 castings and 20 people.

        Of a casting: whether it is saved, and the caller's applications with their status. Of a person:
        the connection or request, and whether the caller blocks the person. An id that does not exist
        looks like one that the caller has nothing to do with.
        """
        _answer: Relations = self._call(
            Relations,
            "GET",
            "/v1/users/me/relations",
            query={
                "castings": castings,
                "people": people,
            },
        )
        return _answer

    def list_applicants(
        self,
        casting_id: str,
        *,
        limit: int | None = None,
        cursor: str | None = None,
        sort: ListApplicantsSort | None = None,
        status: list[ApplicationStatus] | None = None,
        role_id: list[str] | None = None,
        name: str | None = None,
        tag: str | None = None,
        min_rating: int | None = None,
    ) -> Applicants:
        """List a casting's applicants, sorted and filtered.

        For the casting's recruiter only. They are sorted by time, by match or by rating, the newest of
        equals first. All filters must match. Of a casting with more than 2,000 applications, only the
        newest 2,000 are looked at. A page may have fewer items than its limit and still have a `next`.
        """
        _answer: Applicants = self._call(
            Applicants,
            "GET",
            path("/v1/castings/{casting_id}/applicants", casting_id=casting_id),
            query={
                "limit": limit,
                "cursor": cursor,
                "sort": sort,
                "status": status,
                "roleId": role_id,
                "name": name,
                "tag": tag,
                "minRating": min_rating,
            },
        )
        return _answer

    def list_casting_applications(
        self,
        casting_id: str,
        *,
        limit: int | None = None,
        cursor: str | None = None,
        status: ApplicationStatus | None = None,
        role_id: str | None = None,
    ) -> ReceivedSummaryPage:
        """List a casting's applications with their artists.

        For the casting's recruiter only. With `status`, the oldest comes first; otherwise they are
        sorted by role. A page may have fewer items than its limit and still have a `next`.
        """
        _answer: ReceivedSummaryPage = self._call(
            ReceivedSummaryPage,
            "GET",
            path("/v1/castings/{casting_id}/applications", casting_id=casting_id),
            query={
                "limit": limit,
                "cursor": cursor,
                "status": status,
                "roleId": role_id,
            },
        )
        return _answer

    def list_my_applications(
        self,
        *,
        limit: int | None = None,
        cursor: str | None = None,
        status: list[ApplicationStatus] | None = None,
        counts: bool | None = None,
    ) -> MyApplications:
        """List the caller's own applications, the last changed first.

        An application that changes while you page moves to the front. A page may have fewer items than
        its limit and still have a `next`. `counts=true` costs more; ask for it once, not on each page.
        """
        _answer: MyApplications = self._call(
            MyApplications,
            "GET",
            "/v1/users/me/applications",
            query={
                "limit": limit,
                "cursor": cursor,
                "status": status,
                "counts": counts,
            },
        )
        return _answer

    def set_application_status(
        self,
        casting_id: str,
        application_id: str,
        *,
        status: ApplicationStatus,
        audition: NewAudition | None = None,
        recruiter_note: str | None = None,
        if_match: Version | None = None,
    ) -> ReceivedApplication:
        """Change the status of an application.

        For the casting's recruiter only. The order is submitted → viewed → shortlisted → audition →
        offered → booked; every step before booked may also change to declined. In between, the artist
        may confirm the audition and accept the offer (answerApplication). An offer can be booked before
        it is accepted, but not after it is refused. A confirmed audition with another time, place or
        link must be confirmed again. Send the current status to change only the audition or the note.
        If nothing differs, nothing changes, so a retry is safe. `If-Match` is optional. At most as many
        artists can be booked for a role as its `count` says, and none after the casting is filled or
        cancelled. While the artist's account is suspended or deleted, or one of you blocks the other,
        only declined is possible.
        """
        _answer: ReceivedApplication = self._call(
            ReceivedApplication,
            "PUT",
            path(
                "/v1/castings/{casting_id}/applications/{application_id}/status",
                casting_id=casting_id,
                application_id=application_id,
            ),
            body=StatusChange(
                status=status,
                audition=audition,
                recruiter_note=recruiter_note,
            ),
            if_match=if_match,
        )
        return _answer

    def set_application_statuses(
        self,
        casting_id: str,
        *,
        status: ApplicationStatus,
        application_ids: list[str],
        audition: NewAudition | None = None,
        recruiter_note: str | None = None,
    ) -> StatusResults:
        """Change the status of up to 100 applications of a casting.

        For the casting's recruiter only. Each application changes as with setApplicationStatus, or has
        a problem, which does not stop the others. Each change counts for the quota; if it does not
        suffice for all of them, nothing changes. A retry changes only what has not changed yet. Send
        applications with the code `Busy` or `Stale` again.
        """
        _answer: StatusResults = self._call(
            StatusResults,
            "PUT",
            path("/v1/castings/{casting_id}/applications/status", casting_id=casting_id),
            body=StatusChanges(
                status=status,
                application_ids=application_ids,
                audition=audition,
                recruiter_note=recruiter_note,
            ),
        )
        return _answer

    def set_contact_sharing(
        self,
        casting_id: str,
        application_id: str,
        *,
        share_contact: bool,
        if_match: Version | None = None,
    ) -> OwnApplication:
        """Share contact data with the recruiter of an application, or take this back.

        For its artist only. It can be taken back at any time: in every status of the application, and
        by a suspended or deleted account too. The recruiter then no longer sees the e-mail address,
        phone number and physical stats. It can be shared until the application has ended. `If-Match` is
        optional.
        """
        _answer: OwnApplication = self._call(
            OwnApplication,
            "PUT",
            path(
                "/v1/castings/{casting_id}/applications/{application_id}/sharing",
                casting_id=casting_id,
                application_id=application_id,
            ),
            body=NewSharing(
                share_contact=share_contact,
            ),
            if_match=if_match,
        )
        return _answer

    def withdraw_application(
        self,
        casting_id: str,
        application_id: str,
        *,
        if_match: Version | None = None,
    ) -> OwnApplication:
        """Withdraw an application for good.

        For its artist only, before it is booked, declined or refused. The application stays, with the
        status withdrawn. The recruiter no longer sees anything of the artist in it: profile, contact
        data, note or media. `If-Match` is optional.
        """
        _answer: OwnApplication = self._call(
            OwnApplication,
            "DELETE",
            path(
                "/v1/castings/{casting_id}/applications/{application_id}",
                casting_id=casting_id,
                application_id=application_id,
            ),
            if_match=if_match,
        )
        return _answer

    def add_document(
        self,
        casting_id: str,
        *,
        title: str,
        url: str,
        kind: DocumentKind,
        idempotency_key: str | None = None,
    ) -> Document:
        """Add a document to a casting.

        For the casting's recruiter only, until the casting is filled or cancelled. A casting has at
        most 10 documents, and 237,228 bytes with them. Everyone who can read the casting can read them.
        Verification is required as in updateCasting.
        """
        _answer: Document = self._call(
            Document,
            "POST",
            path("/v1/castings/{casting_id}/documents", casting_id=casting_id),
            body=NewDocument(
                title=title,
                url=url,
                kind=kind,
            ),
            idempotency_key=idempotency_key or new_key(),
        )
        return _answer

    def create_casting(
        self,
        *,
        title: str,
        description: str,
        category: Category,
        roles: list[RoleFields],
        mode: CastingMode | None = None,
        city: str | None = None,
        tags: list[str] | None = None,
        deadline_at: datetime.datetime | None = None,
        starts_on: datetime.date | None = None,
        ends_on: datetime.date | None = None,
        idempotency_key: str | None = None,
    ) -> Casting:
        """Create a casting as a draft.

        Recruiters only. Only its recruiter and administrators see a draft; setCastingStatus publishes
        it. Amounts of money are in minor units (paise, cents).
        """
        _answer: Casting = self._call(
            Casting,
            "POST",
            "/v1/castings",
            body=CastingFields(
                title=title,
                description=description,
                category=category,
                roles=roles,
                mode=mode,
                city=city,
                tags=tags,
                deadline_at=deadline_at,
                starts_on=starts_on,
                ends_on=ends_on,
            ),
            idempotency_key=idempotency_key or new_key(),
        )
        return _answer

    def delete_casting(
        self,
        casting_id: str,
        *,
        if_match: Version | None = None,
    ) -> None:
        """Delete a casting and its applications for good.

        For the casting's recruiter only. Close or cancel an open casting first. A casting that reports
        have hidden stays until `hiddenUntil`. Its applications are deleted within seconds. `If-Match`
        is optional; without it, the current version is deleted.
        """
        self._call(
            None,
            "DELETE",
            path("/v1/castings/{casting_id}", casting_id=casting_id),
            if_match=if_match,
        )

    def get_casting(
        self,
        casting_id: str,
        *,
        relation: bool | None = None,
        if_none_match: Casting | None = None,
    ) -> Casting:
        """Get a casting.

        Everyone may read a casting that was ever published, without a token. Only its recruiter and
        administrators may read a draft, a casting that was taken down, or a casting whose recruiter's
        account is suspended, deleted or under 18; they send their access token. To others it looks
        unknown. A bad token gets 401 where the token counts: for these castings, and with
        `relation=true`.

        With `relation=true` and an access token, `relation` says whether the caller saved the casting,
        and the caller's applications for it. It is null without a token and for the largest castings,
        of more than about 225 KB; getMyRelations says the same for these. Ask only if the page shows
        it: each such call takes longer, because Cognito checks the token.
        """
        _answer: Casting = self._call(
            Casting,
            "GET",
            path("/v1/castings/{casting_id}", casting_id=casting_id),
            query={
                "relation": relation,
            },
            if_none_match=if_none_match,
        )
        return _answer

    def get_casting_views(
        self,
        casting_id: str,
    ) -> Views:
        """Get the number of views of a casting.

        For the casting's recruiter only. Each viewer counts once a day (UTC). A new view may take a
        second to appear.
        """
        _answer: Views = self._call(
            Views,
            "GET",
            path("/v1/castings/{casting_id}/views", casting_id=casting_id),
        )
        return _answer

    def get_recruiter(
        self,
        recruiter_id: str,
    ) -> Recruiter:
        """Get who casts: the public page of a recruiter.

        Everyone can read it, without a token, from the first casting that the recruiter opened until
        the account is suspended or deleted, but not while the recruiter is under 18. The recruiter's
        `privacy` does not limit it.
        """
        _answer: Recruiter = self._call(
            Recruiter,
            "GET",
            path("/v1/recruiters/{recruiter_id}", recruiter_id=recruiter_id),
            public=True,
        )
        return _answer

    def list_recruiter_castings(
        self,
        recruiter_id: str,
        *,
        limit: int | None = None,
        cursor: str | None = None,
        status: list[CastingStatus] | None = None,
    ) -> CastingSummaryPage:
        """List a recruiter's castings, newest first.

        The recruiter and administrators see all of them. Everyone else sees the public ones, and none
        while the recruiter's account is suspended, deleted or under 18. A page may have fewer items
        than its limit and still have a `next`.
        """
        _answer: CastingSummaryPage = self._call(
            CastingSummaryPage,
            "GET",
            path("/v1/recruiters/{recruiter_id}/castings", recruiter_id=recruiter_id),
            query={
                "limit": limit,
                "cursor": cursor,
                "status": status,
            },
        )
        return _answer

    def record_casting_view(
        self,
        casting_id: str,
    ) -> None:
        """Record that the caller viewed a casting.

        Each viewer counts once a day (UTC). Views by the casting's own recruiter do not count.
        """
        self._call(
            None,
            "POST",
            path("/v1/castings/{casting_id}/views", casting_id=casting_id),
        )

    def remove_document(
        self,
        casting_id: str,
        document_id: str,
    ) -> None:
        """Remove a document from a casting.

        For the casting's recruiter only, until the casting is filled or cancelled.
        """
        self._call(
            None,
            "DELETE",
            path(
                "/v1/castings/{casting_id}/documents/{document_id}",
                casting_id=casting_id,
                document_id=document_id,
            ),
        )

    def set_casting_status(
        self,
        casting_id: str,
        *,
        status: ChosenCastingStatus,
        if_match: Version | None = None,
    ) -> Casting:
        """Change the status of a casting.

        For the casting's recruiter only. The order is draft → open ⇄ closed → filled; every status
        before filled may also change to cancelled. Opening a casting publishes it; every role must then
        say in `pay` whether it is paid. A stage may let only verified recruiters open castings, again
        too. When a casting is filled or cancelled, its applications that are not booked become
        declined within seconds, which notifies their artists. If the casting already has the status,
        nothing changes, so a retry is safe. `If-Match` is optional.
        """
        _answer: Casting = self._call(
            Casting,
            "PUT",
            path("/v1/castings/{casting_id}/status", casting_id=casting_id),
            body=NewStatus(
                status=status,
            ),
            if_match=if_match,
        )
        return _answer

    def update_casting(
        self,
        casting_id: str,
        *,
        if_match: Version,
        title: str | Unset = UNSET,
        description: str | Unset = UNSET,
        category: Category | Unset = UNSET,
        roles: list[RoleFields] | Unset = UNSET,
        mode: CastingMode | None | Unset = UNSET,
        city: str | None | Unset = UNSET,
        tags: list[str] | None | Unset = UNSET,
        deadline_at: datetime.datetime | None | Unset = UNSET,
        starts_on: datetime.date | None | Unset = UNSET,
        ends_on: datetime.date | None | Unset = UNSET,
    ) -> Casting:
        """Update a casting with a merge patch (RFC 7396).

        For the casting's recruiter only, until the casting is filled or cancelled. Null clears a field,
        and a list replaces the whole list. A role without `roleId` is new. While the casting is open,
        every new role needs `pay`, and no role can lose it. A role with booked artists stays, and its
        `count` is at least their number; with a greater one, a filled role is open again. The other
        applications for a removed role become declined, which notifies their artists. In a stage where
        only verified recruiters open castings, only they change published ones.
        """
        _answer: Casting = self._call(
            Casting,
            "PATCH",
            path("/v1/castings/{casting_id}", casting_id=casting_id),
            body={
                "title": title,
                "description": description,
                "category": category,
                "roles": roles,
                "mode": mode,
                "city": city,
                "tags": tags,
                "deadlineAt": deadline_at,
                "startsOn": starts_on,
                "endsOn": ends_on,
            },
            if_match=if_match,
        )
        return _answer

    def answer_connection(
        self,
        user_id: str,
        *,
        answer: ConnectionAnswer,
    ) -> Connection:
        """Accept or decline a connection request.

        For the account that received it only. If the request already has this answer, nothing changes,
        so a retry is safe. A declined request stays declined. The account that declined it may send its
        own request, or remove it.
        """
        _answer: Connection = self._call(
            Connection,
            "PUT",
            path("/v1/connections/{user_id}", user_id=user_id),
            body=NewAnswer(
                answer=answer,
            ),
        )
        return _answer

    def block_user(
        self,
        user_id: str,
    ) -> None:
        """Block another account.

        Each of the two then looks unknown to the other: in profiles, signed-in searches, matches and
        the castings of a recruiter. A connection between them ends. Neither can ask the other to
        connect, apply to the other's castings or get notifications or e-mails about the other. In
        earlier applications, the recruiter no longer sees the artist. Nobody is told. Public castings
        and files can still be read without a token, as by everyone.

        If the account is already blocked, nothing changes, so a retry is safe. The answer is the same
        for an unknown id.
        """
        self._call(
            None,
            "PUT",
            path("/v1/users/{user_id}/block", user_id=user_id),
        )

    def list_blocks(
        self,
        *,
        limit: int | None = None,
        cursor: str | None = None,
    ) -> BlockPage:
        """List the accounts that the caller blocks, the last blocked first.

        Nobody can list by whom they are blocked.
        """
        _answer: BlockPage = self._call(
            BlockPage,
            "GET",
            "/v1/users/me/blocks",
            query={
                "limit": limit,
                "cursor": cursor,
            },
        )
        return _answer

    def list_connections(
        self,
        *,
        limit: int | None = None,
        cursor: str | None = None,
        status: ListConnectionsStatus | None = None,
        direction: ConnectionDirection | None = None,
    ) -> ConnectionPage:
        """List the caller's accepted connections or pending requests, the last changed first.

        Suspended and deleted accounts are left out, so a page may have fewer items than its limit and
        still have a `next`.
        """
        _answer: ConnectionPage = self._call(
            ConnectionPage,
            "GET",
            "/v1/connections",
            query={
                "limit": limit,
                "cursor": cursor,
                "status": status,
                "direction": direction,
            },
        )
        return _answer

    def remove_connection(
        self,
        user_id: str,
    ) -> None:
        """Remove a connection.

        This withdraws the caller's request, ends an accepted connection, or deletes a request that the
        caller declined. It cannot remove a request from the other account; answer that one.
        """
        self._call(
            None,
            "DELETE",
            path("/v1/connections/{user_id}", user_id=user_id),
        )

    def request_connection(
        self,
        *,
        user_id: str,
        message: str | None = None,
        idempotency_key: str | None = None,
    ) -> Connection:
        """Request a connection with another account.

        Both see the request as pending. If the other account has already sent a request, or sends one
        at the same moment, the two are connected. After the other account declined a request, the
        caller cannot send another one. The caller's own id, and accounts that are unknown, hidden or
        blocked get 404.
        """
        _answer: Connection = self._call(
            Connection,
            "POST",
            "/v1/connections",
            body=NewConnection(
                user_id=user_id,
                message=message,
            ),
            idempotency_key=idempotency_key or new_key(),
        )
        return _answer

    def unblock_user(
        self,
        user_id: str,
    ) -> None:
        """Take back the block of an account.

        If the account is not blocked, nothing changes. A connection that the block ended stays ended.
        If the other account blocks the caller too, both still look unknown to each other.
        """
        self._call(
            None,
            "DELETE",
            path("/v1/users/{user_id}/block", user_id=user_id),
        )

    def export_me(
        self,
        *,
        cursor: str | None = None,
    ) -> Export:
        """Export all data about the caller.

        The data has one section for each kind, with items as they are stored. A section may continue on
        the next page. A page may be empty and still have a `next`. A deleted account can be exported
        too, for 30 days.
        """
        _answer: Export = self._call(
            Export,
            "GET",
            "/v1/users/me/export",
            query={
                "cursor": cursor,
            },
        )
        return _answer

    def matching_artists(
        self,
        casting_id: str,
        *,
        limit: int | None = None,
        role_id: str | None = None,
    ) -> ArtistMatches:
        """List artists that suit a casting, each with their best role.

        For the casting's recruiter only. They are chosen from up to 100 public profiles: the newest
        with the casting's skills or in its category, those in its city first. The order is that of
        matchingCastings. Matches are advice.
        """
        _answer: ArtistMatches = self._call(
            ArtistMatches,
            "GET",
            path("/v1/castings/{casting_id}/matching-artists", casting_id=casting_id),
            query={
                "limit": limit,
                "roleId": role_id,
            },
        )
        return _answer

    def matching_castings(
        self,
        *,
        limit: int | None = None,
    ) -> CastingMatches:
        """List open castings that suit the caller, each with its best role.

        Artists only. They are chosen from up to 100 of the newest open castings in the caller's
        categories, those in the caller's city first. Castings whose requirements the caller meets best
        come first. A requirement is `unknown` if the profile has no value for it; it does not affect
        the order. Matches are advice: an artist may apply without meeting all requirements.
        """
        _answer: CastingMatches = self._call(
            CastingMatches,
            "GET",
            "/v1/users/me/matching-castings",
            query={
                "limit": limit,
            },
        )
        return _answer

    def create_upload(
        self,
        body: NewAudioUpload | NewDocumentUpload | NewImageUpload | NewVideoUpload,
    ) -> Upload:
        """Create an upload form for one file, valid for 15 minutes.

        Send `fields` to `url` with POST as multipart/form-data, followed by the file as the field
        `file`. S3 returns 204. It returns 403 if a field was changed or the form has expired, and 400
        if the file is empty or larger than `maxBytes`. `maxBytes` is your `fileBytes`, or the most that
        its kind allows, and counts towards the day's quota `uploadBytes`. Then use `mediaUrl` in a
        portfolio item or an application. It does not expire, and everyone who knows it can read the
        file. This call stores nothing, so a retry is safe.
        """
        _answer: Upload = self._call(
            Upload,
            "POST",
            "/v1/media/uploads",
            body=body,
        )
        return _answer

    def delete_upload(
        self,
        user_id: str,
        media_id: str,
    ) -> None:
        """Delete an uploaded file for good.

        For its owner, in every state of the account, and for administrators. Portfolio items and
        applications that lead to it stay, and their links end. The address of `large` deletes a
        picture: all its sizes, and from the profile. If the file does not exist, nothing changes, so a
        retry is safe.
        """
        self._call(
            None,
            "DELETE",
            path("/v1/media/{user_id}/{media_id}", user_id=user_id, media_id=media_id),
        )

    def get_media(
        self,
        user_id: str,
        media_id: str,
    ) -> str:
        """Get a redirect to an uploaded file.

        The address is valid for 15 minutes; call this again after that. Browsers follow it in images,
        videos and players. If it is opened directly, they save the file. The redirect is sent even if
        the file does not exist; S3 then returns 403. While the account of the file is suspended or
        deleted, this returns 404.
        """
        _answer: str = self._call(
            str,
            "GET",
            path("/v1/media/{user_id}/{media_id}", user_id=user_id, media_id=media_id),
            public=True,
        )
        return _answer

    def list_uploads(
        self,
        *,
        limit: int | None = None,
        cursor: str | None = None,
    ) -> UploadedFilePage:
        """List the caller's uploaded files, the newest first.

        Forms that were not used are not listed. With a picture, its upload stays and is listed too.
        Delete files with deleteUpload.
        """
        _answer: UploadedFilePage = self._call(
            UploadedFilePage,
            "GET",
            "/v1/media/uploads",
            query={
                "limit": limit,
                "cursor": cursor,
            },
        )
        return _answer

    def health(
        self,
    ) -> Health:
        """Check that the service answers.

        Public. It does not check other services, so an outage of theirs does not make this one look
        unhealthy.
        """
        _answer: Health = self._call(
            Health,
            "GET",
            "/v1/health",
            public=True,
        )
        return _answer

    def openapi(
        self,
    ) -> OpenapiResponse200:
        """Get this document, the contract of the API in OpenAPI 3.1.

        Public.
        """
        _answer: OpenapiResponse200 = self._call(
            OpenapiResponse200,
            "GET",
            "/v1/openapi.json",
            public=True,
        )
        return _answer

    def get_notification_preferences(
        self,
        *,
        if_none_match: Preferences | None = None,
    ) -> Preferences:
        """Get the caller's notification preferences.

        Each topic can be shown in the list, sent by e-mail, both or neither.
        """
        _answer: Preferences = self._call(
            Preferences,
            "GET",
            "/v1/users/me/notification-preferences",
            if_none_match=if_none_match,
        )
        return _answer

    def list_notifications(
        self,
        *,
        limit: int | None = None,
        cursor: str | None = None,
    ) -> Notifications:
        """List the caller's notifications of the last 90 days, newest first.

        Artists are notified of each new status of their applications and of moved auditions. Recruiters
        are notified of new and withdrawn applications. Both are notified of connection requests and of
        accepted ones, and of decisions about reports that they made or that are about them. Callers are
        not notified of their own actions. A page may have fewer items than its limit and still have a
        `next`.
        """
        _answer: Notifications = self._call(
            Notifications,
            "GET",
            "/v1/users/me/notifications",
            query={
                "limit": limit,
                "cursor": cursor,
            },
        )
        return _answer

    def mark_notifications_read(
        self,
        *,
        up_to: str,
    ) -> None:
        """Mark a notification and all earlier ones as read.

        Read notifications stay read: an earlier notification than the last one sent here changes
        nothing.
        """
        self._call(
            None,
            "PUT",
            "/v1/users/me/notifications/read",
            body=ReadMark(
                up_to=up_to,
            ),
        )

    def set_notification_preferences(
        self,
        *,
        applications: NewChannels | None = None,
        progress: NewChannels | None = None,
        decisions: NewChannels | None = None,
        connections: NewChannels | None = None,
        moderation: NewChannels | None = None,
        if_match: Version | None = None,
    ) -> Preferences:
        """Replace the caller's notification preferences.

        Absent topics get the defaults of a new account. `If-Match` is optional.
        """
        _answer: Preferences = self._call(
            Preferences,
            "PUT",
            "/v1/users/me/notification-preferences",
            body=NewPreferences(
                applications=applications,
                progress=progress,
                decisions=decisions,
                connections=connections,
                moderation=moderation,
            ),
            if_match=if_match,
        )
        return _answer

    def unsubscribe(
        self,
        *,
        token: str,
    ) -> Unsubscribed:
        """Stop e-mails about one topic with the link from an e-mail.

        Public: the link's token says whose e-mails stop. Mail programs call this with one click (RFC
        8058). A retry changes nothing. setNotificationPreferences turns the e-mails on again.
        """
        _answer: Unsubscribed = self._call(
            Unsubscribed,
            "POST",
            "/v1/unsubscribe",
            query={
                "token": token,
            },
            public=True,
        )
        return _answer

    def unsubscribe_page(
        self,
        *,
        token: str,
    ) -> bytes:
        """Get the page that asks whether e-mails about one topic shall stop.

        Public: the link in an e-mail leads here. Its button calls unsubscribe. This call changes
        nothing, because mail scanners open links.
        """
        _answer: bytes = self._call(
            bytes,
            "GET",
            "/v1/unsubscribe",
            query={
                "token": token,
            },
            public=True,
        )
        return _answer

    def get_picture(
        self,
        user_id: str,
        media_id: str,
        size: str,
    ) -> bytes:
        """Get a picture in the size `small` or `medium`, a JPEG image.

        Profiles have the address. A browser keeps the image for a day. While the account is suspended
        or deleted, this returns 404.
        """
        _answer: bytes = self._call(
            bytes,
            "GET",
            path(
                "/v1/media/{user_id}/{media_id}/{size}",
                user_id=user_id,
                media_id=media_id,
                size=size,
            ),
            public=True,
        )
        return _answer

    def set_picture(
        self,
        *,
        media_url: str,
        if_match: Version | None = None,
    ) -> OwnProfile:
        """Make one of the caller's uploads the picture of the profile.

        The image must be a JPEG, PNG or WebP file of at most 10 MB, not animated, 96 to 10,000 pixels
        wide and high, and have at most 50 megapixels. The picture is upright and has no metadata, such
        as the place where a photo was taken. The upload itself stays: delete it unless something else
        uses it. The files of the previous picture are deleted within seconds.

        If the picture was made of this upload already, nothing changes, so a retry is safe. Every other
        call spends the quota, even if the image is refused. `If-Match` is optional.
        """
        _answer: OwnProfile = self._call(
            OwnProfile,
            "PUT",
            "/v1/users/me/picture",
            body=NewPicture(
                media_url=media_url,
            ),
            if_match=if_match,
        )
        return _answer

    def create_report(
        self,
        body: NewCastingReport | NewUploadReport | NewUserReport,
    ) -> OwnReport:
        """Report a person, a casting or an upload to the administrators.

        The caller must be able to see it, and an upload must exist. A block between the two accounts
        does not matter. Nobody can report themselves or their own things. The reported person never
        learns who reported. An account has one open report of each thing: until an administrator has
        decided, the same call returns the first report and changes nothing, so a retry is safe.
        """
        _answer: OwnReport = self._call(
            OwnReport,
            "POST",
            "/v1/reports",
            body=body,
        )
        return _answer

    def list_reports(
        self,
        *,
        limit: int | None = None,
        cursor: str | None = None,
    ) -> OwnReportPage:
        """List the caller's reports and their outcomes, newest first.

        Reports are kept for a year. A page may have fewer items than its limit and still have a `next`.
        """
        _answer: OwnReportPage = self._call(
            OwnReportPage,
            "GET",
            "/v1/reports",
            query={
                "limit": limit,
                "cursor": cursor,
            },
        )
        return _answer

    def list_saved_castings(
        self,
        *,
        limit: int | None = None,
        cursor: str | None = None,
    ) -> SavedCastingPage:
        """List the caller's saved castings, the last saved first.

        Each item has the casting's current state. Castings that were deleted or that the caller may no
        longer read are left out, so a page may have fewer items than its limit and still have a `next`.
        """
        _answer: SavedCastingPage = self._call(
            SavedCastingPage,
            "GET",
            "/v1/users/me/saved-castings",
            query={
                "limit": limit,
                "cursor": cursor,
            },
        )
        return _answer

    def save_casting(
        self,
        casting_id: str,
    ) -> SavedCasting:
        """Save a casting for later.

        The caller must be able to read the casting. If it is already saved, nothing changes, so a retry
        is safe.
        """
        _answer: SavedCasting = self._call(
            SavedCasting,
            "PUT",
            path("/v1/users/me/saved-castings/{casting_id}", casting_id=casting_id),
        )
        return _answer

    def unsave_casting(
        self,
        casting_id: str,
    ) -> None:
        """Remove a casting from the caller's saved castings.

        If it is not saved, nothing changes.
        """
        self._call(
            None,
            "DELETE",
            path("/v1/users/me/saved-castings/{casting_id}", casting_id=casting_id),
        )

    def search_castings(
        self,
        *,
        limit: int | None = None,
        cursor: str | None = None,
        text: str | None = None,
        category: list[Category] | None = None,
        city: list[str] | None = None,
        within: int | None = None,
        mode: list[CastingMode] | None = None,
        tag: list[str] | None = None,
        paid: bool | None = None,
        min_pay: int | None = None,
        currency: Currency | None = None,
        pay_unit: PayUnit | None = None,
        deadline_from: datetime.date | None = None,
        deadline_to: datetime.date | None = None,
        age: int | None = None,
        gender: Gender | None = None,
        counts: bool | None = None,
        sort: SearchCastingsSort | None = None,
        ids: list[str] | None = None,
    ) -> FoundCastings:
        """Search open castings that match all filters.

        The newest come first, with `sort=closing` the nearest deadline, or with `sort=best` the best
        matches for `text` among the newest 300. `text` searches the first 28 words of title, city,
        tags, roles and description, in this order, without words such as `the`. It also finds words
        that begin with those of `text` and, for five letters and more, that differ by one letter or
        have the same sound, such as Laxmi and Lakshmi.

        One role must match all of `paid`, `minPay` with `currency`, `payUnit`, `age` and `gender`. A
        role without an age or gender requirement matches any. Former names of Indian cities are the
        same as those of today, such as Bombay and Mumbai.

        A new or changed casting may take a second to appear. A casting that is no longer open
        disappears at once. A page may have fewer items than its limit, or none, and still have a
        `next`.

        With `counts=true`, the page also has the number of open castings for single values. Among many
        castings it may be minutes old, and it is 0 for values beyond the 4,000 most frequent.

        With `ids`, the result has those of these castings that getCasting shows everyone, in this
        order. A casting is missing for seconds after it or its recruiter has changed.
        """
        _answer: FoundCastings = self._call(
            FoundCastings,
            "GET",
            "/v1/castings",
            query={
                "limit": limit,
                "cursor": cursor,
                "text": text,
                "category": category,
                "city": city,
                "within": within,
                "mode": mode,
                "tag": tag,
                "paid": paid,
                "minPay": min_pay,
                "currency": currency,
                "payUnit": pay_unit,
                "deadlineFrom": deadline_from,
                "deadlineTo": deadline_to,
                "age": age,
                "gender": gender,
                "counts": counts,
                "sort": sort,
                "ids": ids,
            },
            public=True,
        )
        return _answer

    def search_users(
        self,
        *,
        limit: int | None = None,
        cursor: str | None = None,
        text: str | None = None,
        name: str | None = None,
        role: UserRole | None = None,
        category: list[Category] | None = None,
        skill: list[str] | None = None,
        language: list[str] | None = None,
        city: list[str] | None = None,
        within: int | None = None,
        gender: list[Gender] | None = None,
        playing_age: list[PlayingAge] | None = None,
        height: list[HeightBand] | None = None,
        counts: bool | None = None,
        sort: SearchUsersSort | None = None,
        ids: list[str] | None = None,
    ) -> FoundPeople:
        """Search profiles that match all filters, newest first.

        `text` searches the first 50 words of names, headline, company, city, skills and bio, in this
        order. `name` searches the beginnings of words in the names only. Both find words that differ by
        one letter or have the same sound, if none begins with the word. With `sort=best`, the best
        matches for `text` among the newest 300 come first. Private profiles are never found.
        Connections-only profiles are found only by names and role, and show no other fields here, not
        even to connections; getUser shows them the rest.

        A new or changed profile may take a second to appear. A profile that the caller may no longer
        see disappears at once. Of very long skills and languages, the last are left out here. A page
        may have fewer items than its limit, or none, and still have a `next`.

        Only verified recruiters can search by `playingAge` and `height`, and they find only artists who
        have turned on `isFoundByStats`. These filters have bands, no counts, and no names beside them,
        so that nobody learns more about a person.

        With `counts=true`, the page also has the number of public profiles for single values, as in
        searchCastings.

        With `ids`, the result has those of these profiles that getUser shows, in this order, also
        private ones. A profile is missing for seconds after it has changed.
        """
        _answer: FoundPeople = self._call(
            FoundPeople,
            "GET",
            "/v1/users",
            query={
                "limit": limit,
                "cursor": cursor,
                "text": text,
                "name": name,
                "role": role,
                "category": category,
                "skill": skill,
                "language": language,
                "city": city,
                "within": within,
                "gender": gender,
                "playingAge": playing_age,
                "height": height,
                "counts": counts,
                "sort": sort,
                "ids": ids,
            },
        )
        return _answer

    def suggest(
        self,
        *,
        text: str,
    ) -> Suggestions:
        """Suggest people, cities, skills and tags that begin with what somebody has typed.

        `text` needs two letters. People are found by the beginnings of words in their names, newest
        first, as in searchUsers. Cities and skills are those of public profiles, and cities and tags
        those of open castings. A new profile or casting may take a second to be suggested.
        """
        _answer: Suggestions = self._call(
            Suggestions,
            "GET",
            "/v1/suggestions",
            query={
                "text": text,
            },
        )
        return _answer

    def add_portfolio_item(
        self,
        *,
        kind: PortfolioKind,
        title: str,
        url: str,
        description: str | None = None,
        credits_: str | None = None,
        idempotency_key: str | None = None,
    ) -> PortfolioItem:
        """Add an item to the caller's portfolio.

        A portfolio has at most 30 items.
        """
        _answer: PortfolioItem = self._call(
            PortfolioItem,
            "POST",
            "/v1/users/me/portfolio",
            body=NewPortfolioItem(
                kind=kind,
                title=title,
                url=url,
                description=description,
                credits_=credits_,
            ),
            idempotency_key=idempotency_key or new_key(),
        )
        return _answer

    def add_work_experience(
        self,
        *,
        title: str,
        started_on: datetime.date,
        company: str | None = None,
        role_name: str | None = None,
        ended_on: datetime.date | None = None,
        description: str | None = None,
        idempotency_key: str | None = None,
    ) -> WorkExperience:
        """Add an entry to the caller's work experience.

        Work experience has at most 50 entries.
        """
        _answer: WorkExperience = self._call(
            WorkExperience,
            "POST",
            "/v1/users/me/work-experience",
            body=NewWorkExperience(
                title=title,
                started_on=started_on,
                company=company,
                role_name=role_name,
                ended_on=ended_on,
                description=description,
            ),
            idempotency_key=idempotency_key or new_key(),
        )
        return _answer

    def change_username(
        self,
        *,
        username: str,
        if_match: Version | None = None,
    ) -> OwnProfile:
        """Change the caller's username.

        Anyone can take the old name at once. Usernames are not case-sensitive. A verified recruiter is
        then no longer verified. If the caller already has the name, nothing changes, so a retry is
        safe. `If-Match` is optional.
        """
        _answer: OwnProfile = self._call(
            OwnProfile,
            "PUT",
            "/v1/users/me/username",
            body=NewUsername(
                username=username,
            ),
            if_match=if_match,
        )
        return _answer

    def create_user(
        self,
        *,
        display_name: str,
        born_on: datetime.date,
        username: str,
        role: UserRole,
        headline: str | None = None,
        bio: str | None = None,
        city: str | None = None,
        categories: list[Category] | None = None,
        skills: list[str] | None = None,
        languages: list[str] | None = None,
        company_name: str | None = None,
        website: str | None = None,
        gender: Gender | None = None,
        phone: str | None = None,
        height_cm: int | None = None,
        playing_ages: list[PlayingAge] | None = None,
        is_found_by_stats: bool | None = None,
        privacy: Privacy | None = None,
        idempotency_key: str | None = None,
    ) -> OwnProfile:
        """Create the caller's profile.

        An account has one profile. A suspended or deleted account gets no other one, and neither does
        another account of a suspended mailbox. Its role, artist or recruiter, cannot change later. Its
        e-mail address is the verified address of the account. Usernames are unique and not
        case-sensitive. A username is refused if it contains a name of the service, such as admin or
        support, also with digits for letters. `displayName` and `companyName` are refused if they
        sound official, have characters that nobody sees, or mix scripts in one word (Unicode TR 39).
        People under 18 cannot have a profile. They become 18 on the day of their birthday in UTC; after
        a birth on 29 February, on 1 March in common years.
        """
        _answer: OwnProfile = self._call(
            OwnProfile,
            "POST",
            "/v1/users",
            body=NewUser(
                display_name=display_name,
                born_on=born_on,
                username=username,
                role=role,
                headline=headline,
                bio=bio,
                city=city,
                categories=categories,
                skills=skills,
                languages=languages,
                company_name=company_name,
                website=website,
                gender=gender,
                phone=phone,
                height_cm=height_cm,
                playing_ages=playing_ages,
                is_found_by_stats=is_found_by_stats,
                privacy=privacy,
            ),
            idempotency_key=idempotency_key or new_key(),
        )
        return _answer

    def delete_user(
        self,
        *,
        if_match: Version | None = None,
    ) -> None:
        """Delete the caller's account.

        Others can no longer see it. After 30 days it is deleted for good, with its castings,
        applications, connections, saved castings and media. Until then it keeps its username, and its
        owner can still call getMe, exportMe and restoreUser, but make no other changes. A suspended
        account can be deleted too. An account without a profile is deleted for good at once. Deleting
        it again changes nothing. `If-Match` is optional.
        """
        self._call(
            None,
            "DELETE",
            "/v1/users/me",
            if_match=if_match,
        )

    def get_me(
        self,
        *,
        if_none_match: OwnProfile | None = None,
    ) -> OwnProfile:
        """Get the caller's own profile."""
        _answer: OwnProfile = self._call(
            OwnProfile,
            "GET",
            "/v1/users/me",
            if_none_match=if_none_match,
        )
        return _answer

    def get_my_views(
        self,
    ) -> Views:
        """Get the number of views of the caller's profile.

        Each viewer counts once a day (UTC). A new view may take a second to appear.
        """
        _answer: Views = self._call(
            Views,
            "GET",
            "/v1/users/me/views",
        )
        return _answer

    def get_user(
        self,
        user_id: str,
        *,
        if_none_match: AdminProfile | LimitedProfile | OwnProfile | PublicProfile | None = None,
    ) -> AdminProfile | LimitedProfile | OwnProfile | PublicProfile:
        """Get a profile by its id.

        The owner's `privacy` decides which fields the caller sees. `relation` says whether the two are
        connected, or who asked. A person whom the caller blocks is not found.
        """
        _answer: AdminProfile | LimitedProfile | OwnProfile | PublicProfile = self._call(
            AdminProfile | LimitedProfile | OwnProfile | PublicProfile,
            "GET",
            path("/v1/users/{user_id}", user_id=user_id),
            if_none_match=if_none_match,
        )
        return _answer

    def get_user_by_username(
        self,
        username: str,
        *,
        if_none_match: AdminProfile | LimitedProfile | OwnProfile | PublicProfile | None = None,
    ) -> AdminProfile | LimitedProfile | OwnProfile | PublicProfile:
        """Get a profile by its username.

        Usernames are not case-sensitive. The owner's `privacy` decides which fields the caller sees,
        and `relation` is there as in getUser.
        """
        _answer: AdminProfile | LimitedProfile | OwnProfile | PublicProfile = self._call(
            AdminProfile | LimitedProfile | OwnProfile | PublicProfile,
            "GET",
            path("/v1/usernames/{username}", username=username),
            if_none_match=if_none_match,
        )
        return _answer

    def order_portfolio(
        self,
        *,
        item_ids: list[str],
        if_match: Version | None = None,
    ) -> OwnProfile:
        """Set the order of the caller's portfolio.

        Send the ids of all its items. If it has this order, nothing changes, so a retry is safe.
        `If-Match` is optional. Work experience has the latest entry first.
        """
        _answer: OwnProfile = self._call(
            OwnProfile,
            "PUT",
            "/v1/users/me/portfolio-order",
            body=PortfolioOrder(
                item_ids=item_ids,
            ),
            if_match=if_match,
        )
        return _answer

    def record_user_view(
        self,
        user_id: str,
    ) -> None:
        """Record that the caller viewed a profile.

        Each viewer counts once a day (UTC). The owner's own views do not count.
        """
        self._call(
            None,
            "POST",
            path("/v1/users/{user_id}/views", user_id=user_id),
        )

    def remove_picture(
        self,
        *,
        if_match: Version | None = None,
    ) -> None:
        """Remove the caller's picture.

        Its files are deleted within seconds. If there is none, nothing changes, so a retry is safe. To
        remove it from a suspended or deleted account, call deleteUpload with the address of `large`.
        `If-Match` is optional.
        """
        self._call(
            None,
            "DELETE",
            "/v1/users/me/picture",
            if_match=if_match,
        )

    def remove_portfolio_item(
        self,
        item_id: str,
    ) -> None:
        """Remove an item from the caller's portfolio."""
        self._call(
            None,
            "DELETE",
            path("/v1/users/me/portfolio/{item_id}", item_id=item_id),
        )

    def remove_work_experience(
        self,
        item_id: str,
    ) -> None:
        """Remove an entry from the caller's work experience."""
        self._call(
            None,
            "DELETE",
            path("/v1/users/me/work-experience/{item_id}", item_id=item_id),
        )

    def restore_user(
        self,
    ) -> OwnProfile:
        """Restore the caller's deleted account.

        This is possible for 30 days after deleteUser. If the account is not deleted, nothing changes.
        """
        _answer: OwnProfile = self._call(
            OwnProfile,
            "POST",
            "/v1/users/me/restore",
        )
        return _answer

    def update_portfolio_item(
        self,
        item_id: str,
        *,
        if_match: Version,
        kind: PortfolioKind | Unset = UNSET,
        title: str | Unset = UNSET,
        url: str | Unset = UNSET,
        description: str | None | Unset = UNSET,
        credits_: str | None | Unset = UNSET,
    ) -> PortfolioItem:
        """Update an item of the caller's portfolio with a merge patch (RFC 7396).

        Null clears a field. `If-Match` takes the ETag of the profile, which contains the item.
        """
        _answer: PortfolioItem = self._call(
            PortfolioItem,
            "PATCH",
            path("/v1/users/me/portfolio/{item_id}", item_id=item_id),
            body={
                "kind": kind,
                "title": title,
                "url": url,
                "description": description,
                "credits": credits_,
            },
            if_match=if_match,
        )
        return _answer

    def update_user(
        self,
        *,
        if_match: Version,
        display_name: str | Unset = UNSET,
        headline: str | None | Unset = UNSET,
        bio: str | None | Unset = UNSET,
        city: str | None | Unset = UNSET,
        categories: list[Category] | None | Unset = UNSET,
        skills: list[str] | None | Unset = UNSET,
        languages: list[str] | None | Unset = UNSET,
        company_name: str | None | Unset = UNSET,
        website: str | None | Unset = UNSET,
        gender: Gender | None | Unset = UNSET,
        born_on: datetime.date | None | Unset = UNSET,
        phone: str | None | Unset = UNSET,
        height_cm: int | None | Unset = UNSET,
        playing_ages: list[PlayingAge] | None | Unset = UNSET,
        is_found_by_stats: bool | None | Unset = UNSET,
        privacy: Privacy | None | Unset = UNSET,
    ) -> OwnProfile:
        """Update the caller's own profile with a merge patch (RFC 7396).

        Null clears a field. Fields that the patch does not name stay as they are, even if they break a
        newer rule. Username, role and e-mail address cannot be changed here. `bornOn` cannot
        be cleared. A profile from before it was required must send it with its next change. A profile
        under 18 cannot change it. A recruiter who changes `displayName`, `companyName` or `website` is
        no longer verified.
        """
        _answer: OwnProfile = self._call(
            OwnProfile,
            "PATCH",
            "/v1/users/me",
            body={
                "displayName": display_name,
                "headline": headline,
                "bio": bio,
                "city": city,
                "categories": categories,
                "skills": skills,
                "languages": languages,
                "companyName": company_name,
                "website": website,
                "gender": gender,
                "bornOn": born_on,
                "phone": phone,
                "heightCm": height_cm,
                "playingAges": playing_ages,
                "isFoundByStats": is_found_by_stats,
                "privacy": privacy,
            },
            if_match=if_match,
        )
        return _answer

    def update_work_experience(
        self,
        item_id: str,
        *,
        if_match: Version,
        title: str | Unset = UNSET,
        started_on: datetime.date | Unset = UNSET,
        company: str | None | Unset = UNSET,
        role_name: str | None | Unset = UNSET,
        ended_on: datetime.date | None | Unset = UNSET,
        description: str | None | Unset = UNSET,
    ) -> WorkExperience:
        """Update an entry of the caller's work experience with a merge patch (RFC 7396).

        Null clears a field. `If-Match` takes the ETag of the profile, which contains the entry.
        """
        _answer: WorkExperience = self._call(
            WorkExperience,
            "PATCH",
            path("/v1/users/me/work-experience/{item_id}", item_id=item_id),
            body={
                "title": title,
                "startedOn": started_on,
                "company": company,
                "roleName": role_name,
                "endedOn": ended_on,
                "description": description,
            },
            if_match=if_match,
        )
        return _answer
