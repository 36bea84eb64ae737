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


def test_a_folder_that_another_run_removed_before_it_was_locked_is_made_anew(tmp_path, monkeypatch):
    lock, lost = folder._lock, []

    def late(made, wait=True):
        if wait and not lost:
            made.rmdir()
            lost.append(made)
        return lock(made, wait)

    monkeypatch.setattr(folder, "_lock", late)
    with folder.own_folder(tmp_path, "own") as (own, _):
        assert own.is_dir() and own != lost[0]
    assert list(tmp_path.iterdir()) == []
