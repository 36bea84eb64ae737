import pytest

from casebook import folder


def made(path, word):
    path.mkdir()
    (path / "word").write_text(word)
    return path


@pytest.mark.parametrize("exchange", [folder._exchange, lambda one, two: False], ids=["in one step", "in two"])
def test_the_new_folder_stands_and_nothing_else(tmp_path, monkeypatch, exchange):
    monkeypatch.setattr(folder, "_exchange", exchange)
    for word in ("old", "new"):
        folder.swap(made(tmp_path / "beside", word), tmp_path / "out")
        assert (tmp_path / "out" / "word").read_text() == word
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_what_cannot_be_put_there_leaves_the_old_one(tmp_path, monkeypatch):
    monkeypatch.setattr(folder, "_exchange", lambda one, two: False)
    folder.swap(made(tmp_path / "beside", "old"), tmp_path / "out")
    with pytest.raises(OSError):
        folder.swap(tmp_path / "nowhere", tmp_path / "out")
    assert (tmp_path / "out" / "word").read_text() == "old"
