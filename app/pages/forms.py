"""Forms: strict input types at the edge. A table model checks nothing by itself; these do, and say what is wrong."""

from __future__ import annotations

import re
import unicodedata
from typing import Annotated, Any, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from starlette.datastructures import FormData, UploadFile

from app.base.passwords import LONGEST_BYTES, SHORTEST
from app.community.members import EMAIL_LIMIT, NAME_LIMIT
from app.community.messages import HIGHEST
from app.rules.verdict import RuleId, Verdict
from app.rules.watching import Way

F = TypeVar("F", bound=BaseModel)


def _name(value: str) -> str:
    name = " ".join(unicodedata.normalize("NFC", value).split())
    if not 2 <= len(name) <= NAME_LIMIT:  # noqa: PLR2004 - one letter is no name to call somebody by
        raise ValueError(f"A name of 2 to {NAME_LIMIT} characters, please.")
    if "@" in name or any(unicodedata.category(sign) in {"Cc", "Cf", "Co", "Cs", "Cn"} for sign in name):
        raise ValueError("A name is made of letters; please leave out @ and invisible characters.")
    return name


def _email(value: str) -> str:
    email = value.strip()
    local, at, domain = email.rpartition("@")
    odd = any(sign.isspace() or unicodedata.category(sign).startswith("C") or sign in ',;<>"()' for sign in email)
    if odd or not (local and at and "." in domain.strip(".")) or "@" in local or len(email) > EMAIL_LIMIT:
        raise ValueError("This does not look like an e-mail address.")
    return email


def _new_password(value: str) -> str:
    if len(value.encode("utf-8", "replace")) < SHORTEST:
        raise ValueError(f"At least {SHORTEST} characters, please. A few words in a row are easy to remember.")
    return _any_password(value)


def _any_password(value: str) -> str:
    if len(value.encode("utf-8", "replace")) > LONGEST_BYTES:
        raise ValueError("This password is too long.")
    return value


def _ticked(value: Any) -> bool:
    return bool(value == "on")


def _accepted(value: bool) -> bool:  # noqa: FBT001 - a validator
    if not value:
        raise ValueError("Please read and accept the guidelines.")
    return value


Name = Annotated[str, AfterValidator(_name)]
Email = Annotated[str, AfterValidator(_email)]
NewPassword = Annotated[str, AfterValidator(_new_password)]
Password = Annotated[str, AfterValidator(_any_password)]
Ticked = Annotated[bool, BeforeValidator(_ticked)]


class _Form(BaseModel):
    """Unknown fields are refused; a missing one counts as empty, and its validator says what it wants."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class Register(_Form):
    name: Name = ""
    email: Email = ""
    password: NewPassword = ""
    accept: Annotated[Ticked, AfterValidator(_accepted)] = False
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True, validate_default=True)


class FirstAdministrator(_Form):
    name: Name = ""
    email: Email = ""
    password: NewPassword = ""
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True, validate_default=True)


class SignIn(_Form):
    email: str = ""
    password: Password = ""
    remember: Ticked = False
    next: str = "/"


class Rename(_Form):
    name: Name = ""
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True, validate_default=True)


class PlainMessage(_Form):
    text: str = ""
    client_id: str = ""
    reply_to: Annotated[int, Field(ge=1, le=HIGHEST)] | None = None
    confirm: Ticked = False


class Appeal(_Form):
    text: str = ""
    confirm: Ticked = False


class WatchedRow(_Form):
    """One entry of a word list, as typed."""

    text: str = ""
    way: Way = "words"
    rule: RuleId
    verdict: Verdict
    why: str = ""


class WordSheet(_Form):
    """A word list, as typed on top of version `base`. `do`: which button; `number`: the version to bring back."""

    do: Annotated[str, Field(pattern=r"^(try|publish|add|undo|remove-[0-9]{1,3})$")]
    room: str = ""
    base: Annotated[int, Field(ge=0, le=HIGHEST)] = 0
    allowed: str = ""
    note: str = ""
    proof: str = ""
    number: Annotated[int, Field(ge=0, le=HIGHEST)] = 0


class Decide(_Form):
    decision: Literal["remove", "dismiss", "release", "reject", "uphold", "overturn"]
    guideline: str = ""
    reason: str = ""


def read(kind: type[F], data: FormData) -> F | dict[str, str]:
    """The form, or its errors: field -> what is wrong. A field sent twice, or as a file, is an error."""
    values: dict[str, str] = {}
    for key, value in data.multi_items():
        if isinstance(value, UploadFile) or key in values:
            return {key: "Please fill this in once."}
        if not is_text(value):
            return {key: "This holds a character that cannot be stored."}
        values[key] = value
    try:
        return kind.model_validate(values)
    except ValidationError as error:
        return {_field(each): _sentence(each) for each in error.errors(include_input=False, include_url=False)}


def read_sheet(data: FormData) -> tuple[WordSheet, list[WatchedRow]] | dict[str, str]:
    """A word list's form, or its errors. Its rows are fields with a number: text-0, way-0 and so on."""
    rows: dict[int, list[tuple[str, UploadFile | str]]] = {}
    single: list[tuple[str, UploadFile | str]] = []
    for key, value in data.multi_items():
        numbered = _NUMBERED.fullmatch(key)
        if numbered:
            rows.setdefault(int(numbered[2]), []).append((numbered[1], value))
        else:
            single.append((key, value))
    sheet = read(WordSheet, FormData(single))
    if isinstance(sheet, dict):
        return sheet
    watched = []
    for number in sorted(rows):
        row = read(WatchedRow, FormData(rows[number]))
        if isinstance(row, dict):
            return {f"{field}-{number}": fault for field, fault in row.items()}
        watched.append(row)
    return sheet, watched


_NUMBERED = re.compile(r"(text|way|rule|verdict|why)-(\d{1,3})", re.ASCII)


def is_text(value: Any) -> bool:
    """Whether this is text that can be stored and shown again: the charset of a form may claim anything."""
    return isinstance(value, str) and not any("\ud800" <= sign <= "\udfff" for sign in value)


def _field(error: Any) -> str:
    return str(error["loc"][0]) if error["loc"] else "form"


def _sentence(error: Any) -> str:
    if error["type"] == "extra_forbidden":
        return "There is no such field."
    own = error.get("ctx", {}).get("error")
    return str(own) if isinstance(own, ValueError) else "Please check this."
