"""The journeys' own eyes: each would see the fault it is there to see."""

import pytest

from tests.journeys.looking import faults_of

FAULTY = """<!doctype html><html lang="en"><title>A page</title><main><h1>A page</h1>
<img src="data:," width="20" height="20"><p {}>Text</p></main></html>"""


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ("", "image-alt"),
        ('style="color: #ddd"', "color-contrast"),
        ('style="inline-size: 600px"', "scrolls sideways"),
    ],
)
def test_a_planted_fault_is_found(site, browsers, fault, said):
    page = browsers.open(site)
    page.set_content(FAULTY.format(fault))

    assert any(said in line for line in faults_of(page, "planted"))


@pytest.mark.parametrize(
    ("act", "said"),
    [
        ("fetch('https://elsewhere.example/')", "connect-src refused"),
        ("console.error('oh')", "console: oh"),
        ("setTimeout(() => { throw Error('thrown') })", "thrown"),
        ("open('http://127.0.0.1:9/')", "a foreign host was asked"),
    ],
)
def test_a_planted_complaint_is_heard(site, browsers, act, said):
    page = browsers.open(site)
    page.goto("/en/")

    page.evaluate(f"() => {{ {act} }}")
    page.wait_for_timeout(300)

    assert any(said in line for line in browsers.take_complaints())
