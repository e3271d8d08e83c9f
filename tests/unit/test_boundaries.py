"""The boundaries of DESIGN 3, kept by reading the source; each rule is shown to be able to fail."""

import ast
import re
import sys
import tomllib
from collections.abc import Callable, Iterator
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

import duckdb
import pytest
import yaml

ROOT = Path(__file__).parents[2]
SRC = ROOT / "src" / "living_review"
FLOWS = ROOT / "flows"
SQL = ROOT / "warehouse"

PURE = (
    "parsing", "screening", "tagging", "judging", "second_reader", "synthesis", "changes",
    "backtest", "reporting",
)  # fmt: skip
SHELL = ("sources", "warehouse", "stages", "cli", "commands", "flows", "progress", "model_endpoint")
OPTIONAL = "second-reader"  # the extra whose library is imported only where it is asked for
# What reaches the world, the clock or chance. Data that a package carries may be read through
# importlib.resources.
IMPURE = {
    "duckdb", "sqlite3", "requests", "urllib.request", "http", "socket", "ssl", "subprocess",
    "httpx2", "openai", "os", "pathlib", "shutil", "tempfile", "glob", "time", "random", "secrets",
    "prefect", "asyncio", "threading", "multiprocessing",
}  # fmt: skip
CLOCK_OR_CHANCE = re.compile(
    r"(\w+\.)*(datetime\.(now|utcnow|today)|date\.today)|(np|numpy)\.random\b.*|time\.\w+|uuid\.uuid[14]"
)
STATEMENT = re.compile(
    r"^\s*select\b|\bselect\b[^.]*\bfrom\s+\w|\binsert\s+(or\s+\w+\s+)?into\b"
    r"|\bcreate\s+(or\s+replace\s+)?(table|view|macro|index)\b|\bupdate\s+\w+\s+set\b"
    r"|\bdelete\s+from\b|\b(drop|alter)\s+table\b",
    re.IGNORECASE,
)


def python_files(*folders: Path) -> list[Path]:
    found = [path for folder in folders for path in sorted(folder.rglob("*.py"))]
    assert found, f"no Python files under {folders}"
    return found


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imported(code: ast.AST) -> Iterator[str]:
    """Every module that the code imports, as `a.b.c`; `from a import b` gives `a.b` too."""
    for node in ast.walk(code):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "relative imports hide which side of a boundary they cross"
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def at_module_level(code: ast.Module) -> Iterator[ast.stmt]:
    """The statements that run on import, also inside `if` and `try`."""
    waiting = list(code.body)
    while waiting:
        statement = waiting.pop()
        if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        yield statement
        waiting += [
            child for child in ast.iter_child_nodes(statement) if isinstance(child, ast.stmt)
        ]


def is_within(module: str, packages: tuple[str, ...] | set[str]) -> bool:
    return any(module == package or module.startswith(package + ".") for package in packages)


# The rules: code → what is wrong with it, nothing when all is well.


def flow_faults(code: ast.Module) -> list[str]:
    allowed = ("stages", "config", "errors", "flows")
    ours = [m for m in imported(code) if is_within(m, ("living_review",)) and m != "living_review"]
    return [
        f"imports {m}"
        for m in ours
        if not is_within(m, tuple(f"living_review.{a}" for a in allowed))
    ] + sql_faults(code)


def src_faults(code: ast.Module) -> list[str]:
    faults = [f"imports {m}" for m in imported(code) if is_within(m, ("prefect",))]
    for statement in at_module_level(code):
        if isinstance(statement, ast.Import | ast.ImportFrom):
            faults += [
                f"imports {m} at start"
                for m in imported(statement)
                if is_within(m, ("living_review.flows",))
            ]
    return faults


def purity_faults(code: ast.Module) -> list[str]:
    faults = [f"imports {m}" for m in imported(code) if is_within(m, IMPURE)]
    shell = tuple(f"living_review.{part}" for part in SHELL)
    faults += [f"imports {m}" for m in imported(code) if is_within(m, shell)]
    for node in ast.walk(code):
        if isinstance(node, ast.Attribute) and CLOCK_OR_CHANCE.fullmatch(ast.unparse(node)):
            faults.append(f"asks {ast.unparse(node)}")
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("open", "io.open", "input"):
            faults.append(f"calls {ast.unparse(node.func)}")
    return faults


def foreign_faults(code: ast.Module) -> list[str]:
    return [
        f"imports {m}"
        for m in imported(code)
        if m.split(".")[0] not in sys.stdlib_module_names
        and not is_within(m, ("living_review.model",))
    ]


def duckdb_faults(code: ast.Module) -> list[str]:
    return [f"imports {m}" for m in imported(code) if is_within(m, ("duckdb",))]


def sql_faults(code: ast.Module) -> list[str]:
    prose = {
        id(node.body[0].value)
        for node in ast.walk(code)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    return [
        f"line {node.lineno} holds SQL: {node.value.strip()[:40]!r}"
        for node in ast.walk(code)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in prose
        and STATEMENT.search(node.value)
    ]


def undeclared(code: ast.Module, declared: set[str]) -> list[str]:
    homes = distributions()
    outside = {m.split(".")[0] for m in imported(code)} - set(sys.stdlib_module_names)
    return [
        f"imports {name}, which pyproject.toml does not declare"
        for name in sorted(outside - {"living_review"})
        if not {plain(home) for home in homes.get(name, [])} & declared
    ]


distributions = cache(packages_distributions)  # slow, and the same all along


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def declared(*extras: str) -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    lines = list(project["dependencies"])
    for extra in extras:
        lines += project["optional-dependencies"][extra]
    return {plain(re.split(r"[<>=!~ ;\[]", line, maxsplit=1)[0]) for line in lines}


def vocabulary(part: str) -> dict[str, dict]:
    protocol = yaml.safe_load((ROOT / "config.yaml").read_text(encoding="utf-8"))
    return protocol["vocabulary"][part]


def pattern(entries: dict[str, dict]) -> re.Pattern[str]:
    words = {word for name, entry in entries.items() for word in (name, *entry["names"])}
    words |= {name.replace("_", " ") for name in entries}
    return re.compile(r"\b(" + "|".join(sorted(map(re.escape, words))) + r")\b", re.IGNORECASE)


def words_of_the_protocol() -> re.Pattern[str]:
    """Whatever the protocol calls a drug or a condition; code may know none of it."""
    return pattern(vocabulary("drugs") | vocabulary("drug_classes") | vocabulary("conditions"))


def words_of_the_topic() -> re.Pattern[str]:
    """Only what the review is about. A list of cues may name outcomes of medicine at large."""
    drugs = {n: d for n, d in vocabulary("drugs").items() if d.get("role") in ("topic", "related")}
    ours = ("direct", "mechanism")
    ailing = {n: c for n, c in vocabulary("conditions").items() if c["population"] in ours}
    return pattern(drugs | ailing)


def package_data() -> list[Path]:
    """What the pure packages carry beside their code; the sample is of the topic on purpose."""
    found = [path for package in PURE for path in sorted((SRC / package).rglob("*"))]
    return [p for p in found if p.suffix in (".yaml", ".html", ".md", ".css", ".xml", ".txt")]


def faults_in(files: list[Path], rule: Callable[[ast.Module], list[str]]) -> list[str]:
    return [f"{path.relative_to(ROOT)} {fault}" for path in files for fault in rule(tree(path))]


def pure_files() -> list[Path]:
    return python_files(*(SRC / package for package in PURE))


def test_flows_know_only_stages_config_and_errors_and_hold_no_sql():
    assert faults_in(python_files(FLOWS), flow_faults) == []


def test_src_never_imports_prefect_and_reaches_flows_only_inside_a_function_of_a_command():
    assert faults_in(python_files(SRC), src_faults) == []
    reaching = [
        path.name
        for path in python_files(SRC)
        if any(is_within(m, ("living_review.flows",)) for m in imported(tree(path)))
    ]
    assert set(reaching) <= {"running.py"}


def test_pure_packages_import_no_database_network_disk_clock_or_chance():
    assert faults_in(pure_files(), purity_faults) == []


@pytest.mark.parametrize("package", PURE)
def test_every_pure_package_is_there_to_be_checked(package):
    assert (SRC / package / "__init__.py").is_file()


def test_no_tagger_reads_with_the_free_questions_which_are_not_in_the_version_of_the_reader():
    asking = ("living_review.tagging.asking",)
    taggers = [p for p in python_files(SRC / "tagging") if p.parent.name == "tagging"]
    readers = [p.stem for p in taggers if any(is_within(m, asking) for m in imported(tree(p)))]
    assert readers == ["__init__"]  # which only hands them on


def test_the_model_and_the_errors_import_the_standard_library_only():
    files = [*python_files(SRC / "model"), SRC / "errors.py"]
    assert faults_in(files, foreign_faults) == []
    assert faults_in(files, purity_faults) == []


def test_only_the_warehouse_imports_duckdb():
    others = [path for path in python_files(SRC, FLOWS) if path.name != "warehouse.py"]
    assert faults_in(others, duckdb_faults) == []


def test_python_holds_no_sql():
    assert faults_in(python_files(SRC, FLOWS), sql_faults) == []


def known_words(files: list[Path], words: re.Pattern[str]) -> list[str]:
    return sorted(
        f"{path.relative_to(ROOT)}:{number}: {found.group()}"
        for path in files
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        for found in words.finditer(line)
    )


def test_code_and_sql_know_no_word_of_the_protocol():
    files = [*python_files(SRC, FLOWS), *sorted(SQL.rglob("*.sql"))]
    assert known_words(files, words_of_the_protocol()) == []


def test_the_data_of_pure_packages_knows_nothing_of_the_topic():
    assert known_words(package_data(), words_of_the_topic()) == []


def test_every_import_is_a_declared_dependency():
    known = declared(OPTIONAL)
    ours = faults_in(python_files(SRC, FLOWS), lambda code: undeclared(code, known))
    assert ours == []


def test_every_declared_dependency_is_imported():
    used = {m.split(".")[0] for path in python_files(SRC, FLOWS) for m in imported(tree(path))}
    homes = distributions()
    needed = {plain(home) for name in used for home in homes.get(name, [])}
    only_capped = {"fastapi", "sqlalchemy"}  # Prefect 3.8 breaks with later ones
    assert declared(OPTIONAL) - needed == only_capped


def test_only_the_model_endpoint_imports_the_optional_library_and_only_when_it_asks():
    importing = [path for path in python_files(SRC, FLOWS) if openai_imports(tree(path))]
    assert [path.name for path in importing] == ["model_endpoint.py"]
    at_start = [
        statement
        for statement in at_module_level(tree(importing[0]))
        if isinstance(statement, ast.Import | ast.ImportFrom)
    ]
    assert [m for statement in at_start for m in openai_imports(statement)] == []


def openai_imports(code: ast.AST) -> list[str]:
    return [m for m in imported(code) if is_within(m, ("openai", "httpx2"))]


# Each rule is able to fail.


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        (flow_faults, "from living_review.warehouse import Warehouse"),
        (flow_faults, "from living_review import synthesis"),
        (flow_faults, "store.execute('SELECT 1')"),
        (src_faults, "import prefect"),
        (src_faults, "def f():\n    from prefect import flow"),
        (src_faults, "from living_review.flows.here import update_here"),
        (src_faults, "try:\n    import living_review.flows.here\nexcept ImportError:\n    pass"),
        (purity_faults, "from pathlib import Path"),
        (purity_faults, "import urllib.request"),
        (purity_faults, "from urllib import request"),
        (purity_faults, "import numpy as np\nnp.random.default_rng()"),
        (purity_faults, "from datetime import date\ndate.today()"),
        (purity_faults, "import datetime\ndatetime.datetime.now()"),
        (purity_faults, "from datetime import datetime as d\nopen('x')"),
        (purity_faults, "import uuid\nuuid.uuid4()"),
        (purity_faults, "from living_review import warehouse"),
        (purity_faults, "from living_review.stages.begin import today"),
        (foreign_faults, "import pydantic"),
        (duckdb_faults, "from duckdb import connect"),
        (sql_faults, "q = 'select a from b'"),
        (sql_faults, "q = f'INSERT OR IGNORE INTO {table}'"),
        (sql_faults, "q = '''\n  CREATE OR REPLACE TABLE x (a int)'''"),
        (sql_faults, "q = 'UPDATE record SET title = 1'"),
        (sql_faults, "q = 'delete from record'"),
    ],
)
def test_a_rule_sees_what_it_forbids(rule, code):
    assert rule(ast.parse(code))


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        (flow_faults, "from prefect import flow\nfrom living_review.stages import pull"),
        (src_faults, "def run():\n    from living_review.flows.here import update_here"),
        (purity_faults, "from datetime import date\nfrom importlib.resources import files"),
        (purity_faults, "import uuid\nuuid.uuid5(uuid.NAMESPACE_URL, 'feed')"),
        (sql_faults, "'''Select the studies from the list, insert into nothing.'''"),
        (sql_faults, "print('choose one; create the review folder first')"),
    ],
)
def test_a_rule_lets_through_what_is_allowed(rule, code):
    assert rule(ast.parse(code)) == []


def test_an_undeclared_import_is_seen():
    assert undeclared(ast.parse("import hypothesis, yaml"), declared()) == [
        "imports hypothesis, which pyproject.toml does not declare"
    ]


@pytest.mark.parametrize("word", ["Gabapentin", "pregabalin", "SCIATICA", "disc herniation"])
def test_a_word_of_the_topic_is_seen(word):
    assert words_of_the_protocol().search(f"if drug == '{word}':")
    assert words_of_the_topic().search(f"names: [{word}]")


# The SQL folder.


def sql_files(*folders: str) -> list[Path]:
    return [path for folder in folders for path in sorted((SQL / folder).glob("*.sql"))]


def first_line_fault(text: str) -> bool:
    return not re.match(r"-- One row(:| is | and | of )", text)


def statements(text: str) -> int:
    with duckdb.connect() as connection:
        return len(connection.extract_statements(text))


@pytest.mark.parametrize(
    "path",
    sql_files("views", "queries", "writes", "checks"),
    ids=lambda p: f"{p.parent.name}/{p.stem}",
)
def test_sql_says_first_what_one_row_is_and_is_one_statement(path):
    text = path.read_text(encoding="utf-8")
    assert not first_line_fault(text), text.splitlines()[0]
    assert statements(text) == 1


@pytest.mark.parametrize("path", sql_files("migrations"), ids=lambda p: p.stem)
def test_a_migration_says_first_what_it_brings(path):
    assert path.read_text(encoding="utf-8").startswith("-- ")
    assert re.fullmatch(r"\d{4}_[a-z_]+", path.stem)


def test_a_check_is_named_by_what_it_does_and_the_sentence_it_holds():
    named = [path.stem for path in sql_files("checks")]
    assert [name for name in named if not re.match(r"(fail|warn)_[a-z]+(_[a-z]+)+$", name)] == []


@pytest.mark.parametrize("text", ["SELECT 1", "-- All rows\nSELECT 1", "/* One row */ SELECT 1"])
def test_sql_that_does_not_say_what_one_row_is_is_seen(text):
    assert first_line_fault(text)


def test_a_second_statement_in_one_file_is_seen():
    assert statements("-- One row is a thing.\nSELECT 1; SELECT ';'") == 2


def test_every_query_and_write_is_used_somewhere():
    code = "\n".join(path.read_text(encoding="utf-8") for path in python_files(SRC))
    unused = [p.stem for p in sql_files("queries", "writes") if f'"{p.stem}"' not in code]
    assert unused == []
