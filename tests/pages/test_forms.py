"""What each form takes, and what it says about the rest."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.datastructures import FormData, UploadFile

from app.pages import forms
from app.pages.people import _own_path

GOOD = {"name": "Nina", "email": "nina@example.org", "password": "a long walk in the rain", "accept": "on"}


def _read(**changes: str) -> forms.Register | dict[str, str]:
    return forms.read(forms.Register, FormData({**GOOD, **changes}))


@pytest.mark.parametrize("name", ["Jo", "n" * 40, "José Ñandú", "小さい花", "O'Neil-Smith 2", "مريم"])
def test_a_name_is_what_people_call_themselves(name: str) -> None:
    assert isinstance(_read(name=name), forms.Register)


@pytest.mark.parametrize(
    "name",
    ["", "x", " x ", "n" * 41, "a@b", "a\u200bb", "a\u202eb", "a\0b", "\ue000x", "a\x07b"],
)  # fmt: skip
def test_a_name_of_something_else_is_refused(name: str) -> None:
    errors = _read(name=name)
    assert isinstance(errors, dict)
    assert set(errors) == {"name"}


def test_spaces_in_a_name_become_one() -> None:
    form = _read(name="  Nina \n  from\tHere ")
    assert isinstance(form, forms.Register)
    assert form.name == "Nina from Here"


@pytest.mark.parametrize("email", ["a@b.co", " nina+rooms@example.org ", "ñ@example.org", "a" * 242 + "@example.org"])
def test_an_address_is_taken_as_it_is(email: str) -> None:
    form = _read(email=email)
    assert isinstance(form, forms.Register)
    assert form.email == email.strip()


@pytest.mark.parametrize(
    "email",
    ["", "nina", "@example.org", "nina@", "nina@localhost", "a b@example.org", "a@b@example.org", "a,b@example.org",
     "<a@example.org>", "a@example.org\nbcc: x@example.org", "a;b@example.org", '"a"@example.org', "a" * 243 + "@example.org",
     "a@.", "a@b\u200b.org"],
)  # fmt: skip
def test_an_address_that_is_none_is_refused(email: str) -> None:
    errors = _read(email=email)
    assert isinstance(errors, dict)
    assert set(errors) == {"email"}


@pytest.mark.parametrize(
    ("password", "good"),
    [("x" * 11, False), ("x" * 12, True), ("ä" * 6, True), ("x" * 1024, True), ("x" * 1025, False), (" " * 12, True)],
)
def test_a_password_has_12_to_1024_bytes(password: str, good: bool) -> None:  # noqa: FBT001
    assert isinstance(_read(password=password), forms.Register) == good


@pytest.mark.parametrize("accept", ["", "off", "true", "ON"])
def test_only_a_tick_accepts(accept: str) -> None:
    assert isinstance(_read(accept=accept), dict)


def test_a_field_that_is_unknown_twice_or_a_file_is_an_error() -> None:
    assert _read(other="x") == {"other": "There is no such field."}
    twice = FormData([*GOOD.items(), ("name", "Other")])
    assert forms.read(forms.Register, twice) == {"name": "Please fill this in once."}
    file = FormData([("name", UploadFile(file=None))])  # type: ignore[arg-type]
    assert forms.read(forms.Register, file) == {"name": "Please fill this in once."}


def test_errors_never_repeat_what_was_typed() -> None:
    errors = forms.read(forms.Register, FormData({"name": "SECRET@", "email": "SECRET", "password": "SECRET"}))
    assert isinstance(errors, dict)
    assert set(errors) == {"name", "email", "password", "accept"}
    assert "SECRET" not in str(errors)


@given(st.lists(st.tuples(st.text(max_size=12), st.text(max_size=40))))
def test_any_fields_make_a_form_or_errors(fields: list[tuple[str, str | UploadFile]]) -> None:
    kinds = (forms.Register, forms.SignIn, forms.Rename, forms.PlainMessage, forms.Decide, forms.FirstAdministrator)
    for kind in kinds:
        form = forms.read(kind, FormData(fields))
        assert (form and all(form.values())) if isinstance(form, dict) else isinstance(form, kind)


@given(
    st.one_of(
        st.text(), st.sampled_from(["//", "/\\", "/", "http://"]).flatmap(lambda start: st.text().map(start.__add__))
    )
)
def test_only_a_path_of_this_site_is_followed(path: str) -> None:
    followed = _own_path(path)
    assert followed.startswith("/")
    assert not followed.startswith(("//", "/\\"))
    assert "\\" not in followed
    assert followed.isprintable()
