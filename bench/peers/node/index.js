// The AWS SDK for JavaScript 3 and zod, bundled with esbuild.

import { randomUUID } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  DynamoDBDocumentClient,
  GetCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { z } from 'zod';

const { CASTING_TABLE, USERS_TABLE, QUOTAS_TABLE, CLOSED_ACCOUNTS_TABLE, CARDS_TABLE } =
  process.env;
const dynamodb = DynamoDBDocumentClient.from(new DynamoDBClient({}));

// Control characters except the line feed, lone surrogates and directions.
const FORBIDDEN = /[^\P{Cc}\n]|[\p{Cs}\u202a-\u202e\u2066-\u2069]/u;
const text = (most) =>
  z
    .string()
    .overwrite((value) => value.trim().replaceAll('\r\n', '\n').normalize('NFC'))
    .min(1)
    .max(most)
    .refine((value) => !FORBIDDEN.test(value), 'must not contain control characters');
const line = (most) => text(most).regex(/^[^\n]*$/);
const age = z.int().min(0).max(120).nullable().default(null);
const list = (item, most) => z.array(item).max(most).default([]);

const Pay = z
  .strictObject({
    kind: z.enum(['paid', 'expenses', 'unpaid']),
    money: z
      .strictObject({
        amount: z.int().min(0).max(10_000_000_000),
        currency: z.enum(CURRENCIES),
      })
      .nullable()
      .default(null),
    unit: z.enum(['hour', 'day', 'project']).nullable().default(null),
  })
  .refine(
    ({ kind, money, unit }) => (kind === 'paid') === (money !== null && unit !== null),
    'money and unit are required if kind is paid, otherwise not allowed'
  );
const Requirements = z
  .strictObject({
    genders: list(z.enum(['female', 'male', 'nonbinary', 'other']), 4),
    minAge: age,
    maxAge: age,
    languages: list(line(40), 10),
    skills: list(line(40), 15),
  })
  .refine(
    ({ minAge, maxAge }) => minAge === null || maxAge === null || minAge <= maxAge,
    'minAge must not be greater than maxAge'
  );
const Role = z.strictObject({
  title: line(120),
  roleId: z.null().default(null), // only updates name roles
  description: text(1500).nullable().default(null),
  count: z.int().min(1).max(1000).default(1),
  requirements: Requirements.prefault({}),
  pay: Pay.nullable().default(null),
  feeAsked: z.literal(false).default(false),
  status: z.enum(['open', 'closed', 'filled']).nullable().default(null),
});
const CastingFields = z
  .strictObject({
    title: line(120),
    description: text(5000),
    category: z.enum([
      ...['acting', 'anchoring', 'comedy', 'dance', 'direction', 'makeup', 'modelling'],
      ...['music', 'photography', 'stunts', 'voice', 'writing'],
    ]),
    roles: z.array(Role).min(1).max(20),
    mode: z.enum(['onsite', 'remote', 'hybrid']).default('onsite'),
    city: line(80).nullable().default(null),
    tags: list(line(40), 10),
    deadlineAt: z.iso
      .datetime({ offset: true })
      .transform((value) => new Date(value).toISOString())
      .nullable()
      .default(null),
    startsOn: z.iso.date().nullable().default(null),
    endsOn: z.iso.date().nullable().default(null),
  })
  .refine(({ mode, city }) => mode === 'remote' || city, 'city is required unless mode is remote')
  .refine(({ deadlineAt }) => !deadlineAt || deadlineAt < '2200', 'deadlineAt must be before 2200')
  .refine(
    ({ deadlineAt }) => !deadlineAt || deadlineAt > new Date().toISOString(),
    'deadlineAt must be in the future'
  )
  .refine(
    ({ startsOn, endsOn }) => !startsOn || !endsOn || startsOn <= endsOn,
    'startsOn must not be later than endsOn'
  );

class Refused extends Error {
  constructor(status, detail) {
    super(detail);
    this.status = status;
  }
}

export const handler = async (event) => {
  try {
    return event.requestContext.http.method === 'POST'
      ? await createCasting(event)
      : await getCasting(event.pathParameters.castingId);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return answer(error.status, { detail: error.message });
  }
};

const createCasting = async (event) => {
  const fields = CastingFields.safeParse(json(event.body));
  if (!fields.success) throw new Refused(422, fields.error.message);
  const { claims } = event.requestContext.authorizer.jwt;
  const casting = draft(fields.data, claims.sub);
  await spend(`account#${claims.sub}#castings`);
  try {
    await dynamodb.send(
      new TransactWriteCommand({
        TransactItems: [{ ConditionCheck: isRecruiter(claims) }, { Put: put(casting) }],
      })
    );
  } catch (error) {
    if (error.name === 'TransactionCanceledException') throw new Refused(403);
    throw error;
  }
  return answer(201, casting, { location: `castings/${casting.castingId}` });
};

const getCasting = async (castingId) => {
  const { Item: casting } = await dynamodb.send(
    new GetCommand({ TableName: CASTING_TABLE, Key: { castingId } })
  );
  if (!casting?.publishedAt || casting.status === 'removed') throw new Refused(404);
  const cards = await dynamodb.send(
    new BatchGetCommand({
      RequestItems: { [CARDS_TABLE]: { Keys: [{ cardId: `user#${casting.recruiterId}` }] } },
    })
  );
  const recruiter = cards.Responses?.[CARDS_TABLE]?.[0];
  if (recruiter ? recruiter.status !== 'active' : await isClosed(casting.recruiterId)) {
    throw new Refused(404);
  }
  return answer(200, { ...ABSENT, ...casting, recruiter: card(recruiter) });
};

const isClosed = async (accountId) => {
  const { Item: mark } = await dynamodb.send(
    new GetCommand({ TableName: CLOSED_ACCOUNTS_TABLE, Key: { accountId } })
  );
  return mark !== undefined;
};

const ABSENT = {
  ...{ city: null, deadlineAt: null, publishedAt: null, hiddenUntil: null, recruiter: null },
  ...{ startsOn: null, endsOn: null, takedown: null, relation: null },
  ...{ tags: [], documents: [], booked: {} },
};

const card = (item) =>
  item
    ? {
        userId: item.userId,
        username: item.username,
        displayName: item.displayName,
        picture: item.picture ?? null,
        createdAt: item.createdAt,
        companyName: item.companyName ?? null,
        verifiedAt: item.verifiedAt ?? null,
      }
    : null;

const json = (body) => {
  try {
    return JSON.parse(body);
  } catch (error) {
    throw new Refused(400, error.message);
  }
};

const draft = (fields, recruiterId) => {
  const now = new Date().toISOString();
  const roles = fields.roles.map((role, index) => ({
    ...role,
    roleId: `r1-${index + 1}`,
    status: role.status === 'closed' ? 'closed' : 'open',
  }));
  const open = roles.filter(({ status }) => status === 'open');
  return {
    ...ABSENT,
    ...fields,
    roles,
    castingId: randomUUID(),
    recruiterId,
    status: 'draft',
    roleCount: roles.length,
    isPaid: (open.length ? open : roles).some(({ pay }) => pay?.kind === 'paid'),
    createdAt: now,
    updatedAt: now,
    version: 1,
  };
};

const spend = async (quotaId) => {
  const today = new Date().toISOString().slice(0, 10);
  const values = { ':today': today, ':one': 1 };
  const isSpent =
    (await update(
      quotaId,
      'SET remaining = remaining - :one',
      '#day = :today AND remaining >= :one',
      values
    )) ||
    (await update(
      quotaId,
      'SET #day = :today, remaining = if_not_exists(most, :most) - :one',
      '(attribute_not_exists(#day) OR #day < :today)' +
        ' AND (attribute_not_exists(most) OR most >= :one)',
      { ...values, ':most': 50 }
    ));
  if (!isSpent) throw new Refused(429);
};

const update = async (quotaId, change, condition, values) => {
  try {
    await dynamodb.send(
      new UpdateCommand({
        TableName: QUOTAS_TABLE,
        Key: { quotaId },
        UpdateExpression: change,
        ConditionExpression: condition,
        ExpressionAttributeNames: { '#day': 'day' },
        ExpressionAttributeValues: values,
      })
    );
    return true;
  } catch (error) {
    if (error.name === 'ConditionalCheckFailedException') return false;
    throw error;
  }
};

const isRecruiter = (claims) => ({
  TableName: USERS_TABLE,
  Key: { userId: claims.sub },
  ConditionExpression:
    '#status = :status AND #role = :role AND ' +
    '(attribute_not_exists(sessionsEndedAt) OR sessionsEndedAt <= :signed_in)',
  ExpressionAttributeNames: { '#status': 'status', '#role': 'role' },
  ExpressionAttributeValues: {
    ':status': 'active',
    ':role': 'recruiter',
    ':signed_in': Number(claims.auth_time ?? 0),
  },
});

const put = (casting) => ({
  TableName: CASTING_TABLE,
  Item: Object.fromEntries(Object.entries(casting).filter(([, value]) => value !== null)),
  ConditionExpression: 'attribute_not_exists(castingId)',
});

const answer = (statusCode, body, headers = {}) => ({
  statusCode,
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(body),
});
