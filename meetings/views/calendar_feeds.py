"""My calendar: making and ending one's secret addresses; and what calendars fetch from them."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST, require_safe

from meetings.calendars import published
from meetings.models import CalendarFeed
from meetings.operations.calendar_feeds import AlreadyEnded, NotTheirs, end_calendar_feed, make_calendar_feed
from meetings.presenters.calendar_feeds import feed_cards, key_of, name_of
from meetings.queries.calendar_feeds import FeedPlace, feed_at, feed_places, meetings_of
from partnership import clock
from partnership.models import User
from partnership.signing_in.fresh import proved_lately
from partnership.signing_in.middleware import without_second_step
from partnership.views.finding import reader_of

CHOOSE = "Choose for which group."


@require_safe
def my_calendar(request: HttpRequest) -> HttpResponse:
    """What the reader may have an address for, and what they have."""
    return _page(request, reader_of(request))


@never_cache
@require_POST
@sensitive_variables("token")
@proved_lately(then="my_calendar")
def my_calendar_make(request: HttpRequest) -> HttpResponse:
    """Make an address, or another in its place. It is shown on this answer, and never again."""
    person = reader_of(request)
    place = _chosen(request, person)
    if place is None:
        return _page(request, person, error=CHOOSE)
    try:
        token = make_calendar_feed(person=person, partnership=place.partnership, board=place.board, by=person)
    except NotTheirs:
        raise Http404 from None
    address = f"{settings.SITE_URL}{reverse('calendar_feed', args=[token])}"
    context = {"address": address, "subscribe": f"webcal://{address.partition('://')[2]}", "of_what": name_of(place)}
    return render(request, "meetings/my_calendar_made.html", context)


@require_POST
def my_calendar_end(request: HttpRequest, feed_id: int) -> HttpResponse:
    """End one of the reader's own addresses."""
    person = reader_of(request)
    rows = CalendarFeed.objects.visible_to(person, clock.today()).filter(person=person)
    feed = get_object_or_404(rows, pk=feed_id)
    try:
        end_calendar_feed(feed=feed, by=person)
    except AlreadyEnded as refused:
        messages.info(request, str(refused))
    else:
        messages.success(request, "The address is ended. Calendars that fetch it get nothing any more.")
    return HttpResponseRedirect(reverse("my_calendar"))


@login_not_required
@without_second_step
@require_safe
@never_cache
@sensitive_variables("token")
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    """The dates behind a secret address. One that was ended, is nobody's any more or never was gives the same 404."""
    today = clock.today()
    feed = feed_at(token, on=today)
    if feed is None:
        raise Http404
    if feed.fetched_on != today:
        CalendarFeed.objects.filter(pk=feed.pk).update(fetched_on=today)
    text = published(name=str(feed.board or feed.partnership), meetings=meetings_of(feed, on=today))
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["X-Robots-Tag"] = "noindex"
    return response


def _chosen(request: HttpRequest, person: User) -> FeedPlace | None:
    wanted = request.POST.get("of", "")
    return next((place for place in feed_places(person=person, on=clock.today()) if key_of(place) == wanted), None)


def _page(request: HttpRequest, person: User, *, error: str = "") -> HttpResponse:
    places = feed_places(person=person, on=clock.today())
    context = {"cards": feed_cards(places, today=clock.today()), "error": error}
    return render(request, "meetings/my_calendar.html", context, status=400 if error else 200)
