"""Where Stripe's events arrive: verify, store once, answer 200, work later."""

import logging

from django.conf import settings
from django.db import DatabaseError, IntegrityError, InterfaceError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from payments.event_handlers import HANDLED
from payments.gateway import NotAuthentic, ReceivedEvent, get_gateway
from payments.models import StripeEvent
from payments.modes import current_mode
from payments.stripe_gateway import API_VERSION
from payments.tasks import process_stripe_event

MOST_BYTES = 256 * 1024

logger = logging.getLogger("payments")


@csrf_exempt
@require_POST
@transaction.non_atomic_requests
def stripe_webhook(request: HttpRequest, secret_path: str) -> HttpResponse:
    """200 says "stored", nothing more. A forged event is 400 and leaves no row."""
    expected = settings.STRIPE_WEBHOOK_PATH
    if not expected or not constant_time_compare(secret_path, expected):
        raise Http404
    if _length(request) > MOST_BYTES:
        return HttpResponse(status=413)
    signature = request.headers.get("Stripe-Signature", "")
    try:
        event = get_gateway().read_event(request.body, signature)
    except NotAuthentic as error:
        logger.warning("stripe webhook refused: %s", error)
        return HttpResponse(status=400)
    if event.livemode != current_mode().is_live:
        logger.error("stripe webhook: livemode is %s", event.livemode)
        return HttpResponse(status=400)
    if event.api_version != API_VERSION:
        # Only a trigger, so it is used; `check_payments` finds the endpoint's fault.
        logger.error("stripe webhook: API version %s", event.api_version)
    if event.type not in HANDLED:
        logger.info("stripe webhook: %s is not handled", event.type)
        return HttpResponse(status=200)
    return _store(event)


def _length(request: HttpRequest) -> int:
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return MOST_BYTES + 1


def _store(event: ReceivedEvent) -> HttpResponse:
    try:
        _insert(event)
    except IntegrityError as error:
        if not StripeEvent.objects.filter(event_id=event.id).exists():
            return _come_again(error)
    except (DatabaseError, InterfaceError) as error:
        return _come_again(error)
    return HttpResponse(status=200)


@transaction.atomic
def _insert(event: ReceivedEvent) -> None:
    """Written without a look first: most events are new, and the index knows the rest."""
    row = StripeEvent.objects.create(
        event_id=event.id,
        type=event.type,
        object_kind=event.object_kind,
        object_id=event.object_id,
        reference=event.reference,
        api_version=event.api_version,
        livemode=event.livemode,
        created_at=event.created_at,
        payload=event.payload,
    )
    _hurry(row)


def _come_again(error: Exception) -> HttpResponse:
    """Stripe repeats for three days, so it is told to."""
    logger.error("stripe webhook: the event could not be stored", exc_info=error)
    return HttpResponse(status=503)


def _hurry(event: StripeEvent) -> None:
    """Start the work once the row is committed; the sweep does it otherwise."""

    # A named function: Django reports a failing robust callback by its name.
    def wake() -> None:
        process_stripe_event.enqueue(event.pk)

    transaction.on_commit(wake, robust=True)
