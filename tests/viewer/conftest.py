"""Readers in a real Chromium, without a notebook around them: messages go to the Python side and back."""

import pytest

from casebook.viewer import asset
from viewer.page import show


@pytest.fixture
def page(chromium):
    """An empty page that has the viewer; at the end it complained of nothing and asked nobody for anything."""
    made, complaints, requests = chromium.new_page(viewport={"width": 1300, "height": 900}), [], []
    made.on("console", lambda message: complaints.append(message.text))
    made.on("pageerror", lambda error: complaints.append(str(error)))
    made.on("dialog", lambda dialog: (complaints.append(dialog.message), dialog.dismiss()))
    made.set_content("<!doctype html><title>empty</title><div id=at></div>")
    made.add_style_tag(content=asset("viewer.css"))
    made.add_script_tag(content=asset("viewer.js"))
    made.on("request", lambda request: requests.append(request.url))
    yield made
    made.close()
    assert complaints == []
    assert requests == []


@pytest.fixture
def reading(page):
    """Shows a viewer on the page, its messages answered by Python."""

    def shown(viewer, dark: bool = False):
        show(page, viewer, dark)
        return page

    return shown
