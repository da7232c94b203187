"""The habits that a machine can keep: sizes, names, bounded queues, owned tasks, nothing inline, nobody's addresses."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.live.frames_in import BROWSER_FRAMES
from app.live.frames_out import SERVER_FRAMES

ROOT = Path(__file__).parents[1]
APP = sorted(file for file in (ROOT / "app").rglob("*.py") if "versions" not in file.parts)
BROWSER = sorted((ROOT / "static").rglob("*.js"))
TEMPLATES = sorted((ROOT / "app/pages/templates").glob("*.html"))
LONGEST_FILE, LONGEST_FUNCTION = 300, 50
NOT_A_NAME = {"helper", "helpers", "util", "utils", "manager", "managers", "service", "services"}
NOT_A_WORD = NOT_A_NAME | {"user", "channel", "post", "filter", "flag", "log"}
MARKUP = ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function", "setHTMLUnsafe")
SOMEBODYS_MACHINE = re.compile(
    r"(?<![\w.])/(?:root|work|home)/\w"
    r"|(?<![\d.])(?:192\.168|172\.(?:1[6-9]|2\d|3[01]))\.\d{1,3}\.\d{1,3}(?![\d.])"
    r"|https?://[\w.-]*(?:pypi|pythonhosted|npmjs|artifactory|registry)[\w.-]*"
    r"|(?:extra-)?index-url"
)
THIS_FILE = "tests/test_house.py"


def relative(path: Path) -> str:
    return str(path.relative_to(ROOT))


def tracked() -> list[Path]:
    """What belongs to the project: tracked, or new and not ignored."""
    command = ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(command, capture_output=True, check=True, text=True).stdout.split("\0")
    return [ROOT / name for name in names if name and (ROOT / name).is_file()]


def calls(tree: ast.AST) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


@pytest.mark.parametrize("file", [*APP, *BROWSER], ids=relative)
def test_a_file_can_be_read_in_one_sitting(file: Path) -> None:
    assert len(file.read_text().splitlines()) <= LONGEST_FILE


@pytest.mark.parametrize("file", APP, ids=relative)
def test_a_function_fits_on_a_screen(file: Path) -> None:
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert (node.end_lineno or 0) - node.lineno < LONGEST_FUNCTION, node.name


def test_every_file_is_named_after_a_thing() -> None:
    for file in [*APP, *BROWSER]:
        assert NOT_A_NAME.isdisjoint(re.split(r"[_.-]", file.stem)), relative(file)


@pytest.mark.parametrize("file", APP, ids=relative)
def test_every_queue_is_bounded(file: Path) -> None:
    for call in calls(ast.parse(file.read_text())):
        name = ast.unparse(call.func).rpartition(".")[2]
        if name in {"Queue", "LifoQueue", "PriorityQueue"}:
            assert call.args or call.keywords, call.lineno
        assert name != "SimpleQueue", call.lineno


@pytest.mark.parametrize("file", APP, ids=relative)
def test_every_task_is_owned(file: Path) -> None:
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
            called = ast.unparse(node.value.func)
            owner, _, verb = called.rpartition(".")
            assert verb != "ensure_future", node.lineno
            # A task group keeps its tasks; the loop itself forgets them.
            assert verb != "create_task" or "tasks" in owner, f"{called}, line {node.lineno}"


@pytest.mark.parametrize("name", [*BROWSER_FRAMES, *SERVER_FRAMES])
def test_a_frame_speaks_the_words_of_the_house(name: str) -> None:
    fields = {**BROWSER_FRAMES, **SERVER_FRAMES}[name].__struct_fields__
    words = {word for each in (name, *fields) for word in re.split(r"[._-]", each)}
    assert words.isdisjoint(NOT_A_WORD)


def test_no_file_names_somebodys_machine_or_registry() -> None:
    found = []
    for file in tracked():
        if relative(file) == THIS_FILE or file.suffix == ".png":
            continue
        for number, line in enumerate(file.read_text().splitlines(), start=1):
            if SOMEBODYS_MACHINE.search(line):
                found.append(f"{relative(file)}, line {number}")
    assert not found


@pytest.mark.parametrize("address", ["/root/x", "http://pypi.example/simple", "at 192.168.1.20", "--index-url x"])
def test_a_machine_or_registry_would_be_found(address: str) -> None:
    assert SOMEBODYS_MACHINE.search(address)


@pytest.mark.parametrize("template", TEMPLATES, ids=relative)
def test_a_template_has_nothing_inline(template: Path) -> None:
    text = template.read_text()
    for tag in re.findall(r"<script\b[^>]*>", text):
        assert " src=" in tag, tag
    assert "<style" not in text
    assert not re.search(r"<[^>]*\sstyle\s*=", text)
    assert not re.search(r"<[^>]*\son[a-z]+\s*=", text)
    assert "javascript:" not in text.lower()
    assert "|safe" not in text.replace(" ", "")


@pytest.mark.parametrize("file", BROWSER, ids=relative)
def test_a_script_sets_text_as_text(file: Path) -> None:
    code = re.sub(r"//[^\n]*|/\*.*?\*/", "", file.read_text(), flags=re.DOTALL)
    assert not [word for word in MARKUP if word in code]
    assert "http://" not in code
