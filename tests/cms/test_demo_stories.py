"""The demonstration's texts as pages."""

from cms.demo.records import read_stories
from cms.demo.stories import seed_stories
from cms.pages import StoryPage


def test_each_text_is_a_page_in_three_linked_languages(client, site_tree):
    records = read_stories()

    seed_stories(records)

    pages = StoryPage.objects.all()
    assert pages.count() == len(records)
    assert pages.values("translation_key").distinct().count() == len(records) // 3
    for record in records:
        response = client.get(f"/{record.language}/stories/{record.key}/")
        assert response.status_code == 200
        assert f"<h1>{record.title}</h1>" in response.content.decode()


def test_the_list_of_stories_names_them_newest_first(client, site_tree):
    seed_stories()

    html = client.get("/ar/stories/").content.decode()

    told = StoryPage.objects.filter(locale__language_code="ar").order_by("-told_on")
    places = [html.index(story.title) for story in told]
    assert places == sorted(places)
