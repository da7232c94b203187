"""The habits that a machine can keep: sizes, names, bounded queues, owned tasks, nothing inline, nobody's addresses."""

from __future__ import annotations

import ast
import re
import subprocess
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


def unbounded(source: str) -> list[int]:
    """Lines with a queue that never fills."""
    found = []
    for call in (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)):
        name = ast.unparse(call.func).rpartition(".")[2]
        bare = name in {"Queue", "LifoQueue", "PriorityQueue"} and not (call.args or call.keywords)
        if bare or name == "SimpleQueue":
            found.append(call.lineno)
    return found


def orphans(source: str) -> list[int]:
    """Lines with a task that nobody keeps. A task group keeps its tasks; the loop itself forgets them."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
            owner, _, verb = ast.unparse(node.value.func).rpartition(".")
            if verb == "ensure_future" or (verb == "create_task" and "tasks" not in owner):
                found.append(node.lineno)
    return found


@pytest.mark.parametrize("file", APP, ids=relative)
def test_every_queue_is_bounded_and_every_task_is_owned(file: Path) -> None:
    source = file.read_text()
    assert not unbounded(source)
    assert not orphans(source)


def test_a_queue_without_a_size_and_a_task_without_an_owner_would_be_found() -> None:
    assert unbounded("asyncio.Queue()") == unbounded("queue.SimpleQueue()") == [1]
    assert not unbounded("asyncio.Queue(5)")
    assert orphans("asyncio.create_task(work())") == orphans("loop.create_task(work())") == [1]
    assert not orphans("mine = asyncio.create_task(work())")
    assert not orphans("tasks.create_task(work())")


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
        for number, line in enumerate(file.read_text(errors="replace").splitlines(), start=1):
            if SOMEBODYS_MACHINE.search(line):
                found.append(f"{relative(file)}, line {number}")
    assert not found


@pytest.mark.parametrize("address", ["/root/x", "http://pypi.example/simple", "at 192.168.1.20", "--index-url x"])
def test_a_machine_or_registry_would_be_found(address: str) -> None:
    assert SOMEBODYS_MACHINE.search(address)


def inline(text: str) -> list[str]:
    """What a Content-Security-Policy without exceptions would refuse, and what escapes the escaping."""
    patterns = (
        r"<script\b(?![^>]*\ssrc=)[^>]*>", r"<style", r"<[^>]*\sstyle\s*=", r"<[^>]*\son[a-z]+\s*=", r"javascript:",
        r"\|\s*safe\b",
    )  # fmt: skip
    return [pattern for pattern in patterns if re.search(pattern, text, re.IGNORECASE)]


@pytest.mark.parametrize("template", TEMPLATES, ids=relative)
def test_a_template_has_nothing_inline(template: Path) -> None:
    assert not inline(template.read_text())


@pytest.mark.parametrize(
    "markup",
    [
        "<script>x()</script>",
        "<style>",
        "<p style='x'>",
        '<a onclick="x">',
        '<a href="javascript:x">',
        "{{ x | safe }}",
    ],
)
def test_something_inline_would_be_found(markup: str) -> None:
    assert inline(markup)
    assert not inline('<script type="module" src="/app.js"></script><p class="one">')


@pytest.mark.parametrize("file", BROWSER, ids=relative)
def test_a_script_sets_text_as_text(file: Path) -> None:
    code = re.sub(r"//[^\n]*|/\*.*?\*/", "", file.read_text(), flags=re.DOTALL)
    assert not [word for word in MARKUP if word in code]
    assert "http://" not in code
