"""The policies of roles, parsed once.

MiniStack parses all policies of the caller's role for each request. Here each text is parsed once.
A changed policy is another text.
"""

from functools import lru_cache
from typing import Any

from ministack.core import iam_evaluator


def close() -> None:
    parse = iam_evaluator.parse_policy_document
    parse_text = lru_cache(maxsize=1_000)(parse)

    def parsed(document: str | dict[str, Any]) -> Any:
        return parse_text(document) if isinstance(document, str) else parse(document)

    iam_evaluator.parse_policy_document = parsed
