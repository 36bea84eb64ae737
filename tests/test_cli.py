import pytest

from casebook import csvfile
from casebook.cli import main, parser

TEXT = (
    "A 61-year-old woman presented with a two-month history of headache. MRI of the brain showed a mass "
    "in the left frontal lobe. "
    "It was completely resected. Histopathology was consistent with glioblastoma. She died eight months later."
)


@pytest.fixture
def reports(tmp_path):
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "one.txt").write_text(TEXT, encoding="utf-8")
    return folder


def run(capsys, *argv):
    code = main([str(part) for part in argv])
    out = capsys.readouterr()
    return code, out.out, out.err


def test_every_command_has_help(capsys):
    for command in ([], ["tables"], ["check"], ["explain"], ["evaluate"], ["dictionary"], ["report"]):
        with pytest.raises(SystemExit) as stop:
            parser().parse_args([*command, "--help"])
        assert stop.value.code == 0
        assert "usage: casebook" in capsys.readouterr().out


def test_tables_then_explain_shows_the_sentence_and_the_rule(capsys, reports, tmp_path):
    code, out, _ = run(capsys, "tables", reports, "--out", tmp_path / "out")
    assert code == 0 and "1 reports, 1 patients" in out
    row_id = csvfile.read(tmp_path / "out" / "cases.csv")["row_id"].iloc[0]
    code, out, _ = run(capsys, "explain", tmp_path / "out", row_id)
    assert code == 0
    assert "age_years = 61" in out and "[61-year-old]" in out and "fires:" in out


def test_check_agrees_with_what_it_wrote_and_shows_what_changed(capsys, reports, tmp_path):
    out = tmp_path / "out"
    run(capsys, "tables", reports, "--out", out)
    assert run(capsys, "check", reports, "--tables", out)[0] == 0
    (reports / "one.txt").write_text(TEXT.replace("woman", "man").replace("She", "He"), encoding="utf-8")
    code, told, error = run(capsys, "check", reports, "--tables", out)
    assert code == 14
    assert "sex female" in told and "sex male" in told and "make tables" in error


def test_two_runs_write_the_same_bytes(capsys, reports, tmp_path):
    for name in ("a", "b"):
        run(capsys, "tables", reports, "--out", tmp_path / name)
    names = sorted(path.name for path in (tmp_path / "a").glob("*.csv"))
    assert [(tmp_path / "a" / n).read_bytes() for n in names] == [(tmp_path / "b" / n).read_bytes() for n in names]


@pytest.mark.parametrize(
    ("argv", "code", "told"),
    [
        (["tables", "nowhere", "--out", "x"], 2, "nowhere"),
        (["tables"], 2, "required"),
        (["tables", ".", "--out", "x", "--mood"], 2, "--mood"),
        (["sing"], 2, "sing"),
        ([], 2, "required"),
        (["check", ".", "--tables", "nowhere"], 10, "nowhere"),
        (["explain", "nowhere", "r"], 10, "nowhere"),
        (["evaluate", "nowhere", "--gold", "nowhere"], 10, "nowhere"),
    ],
)
def test_a_wrong_call_is_one_clear_line_with_its_exit_code(capsys, tmp_path, monkeypatch, argv, code, told):
    monkeypatch.chdir(tmp_path)
    got, out, error = run(capsys, *argv)
    assert (got, out) == (code, "")
    assert told in error and error.count("\n") == 1 and error.startswith("casebook: ")


def test_the_dictionary_prints_every_table(capsys):
    code, out, _ = run(capsys, "dictionary")
    assert code == 0
    for name in ("sources", "cases", "evidence"):
        assert f"## {name}" in out
