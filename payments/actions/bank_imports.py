"""A file of the bank: each line once, matched by its reference, never booked by itself.

A matched line is *recorded* by whoever imported it; as with every transfer another
person confirms it before it is booked.
"""

from django.db import transaction
from wagtail.log_actions import log

from marketplace.people.models import User
from marketplace.refusals import require
from payments import ledger
from payments.actions.checkout import supersede_live
from payments.actions.transfers import Received, write_received
from payments.bank_files import (
    Statement,
    StatementLine,
    Unreadable,
    read_statement,
)
from payments.exceptions import (
    AlreadyImported,
    AlreadyRecorded,
    CheckoutUnavailable,
    LineNotUsable,
    StatementUnreadable,
    TransferPending,
)
from payments.models import BankImport, BankLine, Fee, Share
from payments.permissions import can_import, can_match
from payments.references import find_in

State = BankLine.State


def import_statement(content: bytes, *, currency: str, by: User) -> BankImport:
    """Read a file; lines that another file brought already are left out."""
    require(can_import(by))
    try:
        statement = read_statement(content, currency=currency)
    except Unreadable as error:
        raise StatementUnreadable from error
    source = _store(statement, currency, by)
    for line in statement.lines:
        row = _store_line(source, line)
        if row.source_id == source.pk and row.state == State.IMPORTED:
            _match_by_reference(row, by)
    return source


@transaction.atomic
def _store(statement: Statement, currency: str, by: User) -> BankImport:
    """The file; `AlreadyImported` unless a crash left some of its lines undone."""
    source, is_new = BankImport.objects.get_or_create(
        checksum=statement.checksum,
        defaults={
            "encoding": statement.encoding,
            "currency_id": currency,
            "imported_by": by,
        },
    )
    if not is_new and _is_whole(statement):
        raise AlreadyImported
    log(source, "payments.bank_file_imported", user=by)
    return source


def _is_whole(statement: Statement) -> bool:
    done = BankLine.objects.exclude(state=State.IMPORTED)
    known = done.filter(checksum__in=[line.checksum for line in statement.lines])
    return known.count() == len(statement.lines)


@transaction.atomic
def _store_line(source: BankImport, line: StatementLine) -> BankLine:
    amount = None if line.fault else line.amount
    row, _is_new = BankLine.objects.get_or_create(
        checksum=line.checksum,
        defaults={
            "source": source,
            "number": line.number,
            "details": line.details[:400],
            "value_on": line.value_on,
            "currency_id": amount.currency if amount else None,
            "amount_minor": amount.minor if amount else None,
            "fault": line.fault,
            "state": State.INVALID if line.fault else State.IMPORTED,
        },
    )
    return row


def _match_by_reference(line: BankLine, by: User) -> None:
    for reference in find_in(line.details):
        share = Share.objects.filter(reference=reference).first()
        if share is not None and share.currency_id == line.currency_id:
            exact = reference in "".join(filter(str.isalnum, line.details.upper()))
            _propose(line, share, by, was_mended=not exact)
            return
    _leave(line, State.NO_MATCH)


def _propose(line: BankLine, share: Share, by: User, *, was_mended: bool) -> None:
    """Record the transfer if the share still takes one; otherwise say why not."""
    try:
        supersede_live(share)
        _record(line, share, by, was_mended)
    except (TransferPending, AlreadyRecorded, CheckoutUnavailable):
        _leave(line, State.NO_MATCH, share)


@transaction.atomic(durable=True)
def _record(line: BankLine, share: Share, by: User, was_mended: bool) -> None:
    share = Share.objects.locked(share.pk)
    line = BankLine.objects.select_for_update(no_key=True).get(pk=line.pk)
    if line.state != State.IMPORTED:
        return  # the same file comes twice at once
    line.share, line.was_mended = share, was_mended
    void = share.fee.state == Fee.State.VOID
    if void or ledger.open_amount(share).minor == 0:
        line.state = State.ALREADY_PAID
        line.save(update_fields=["share", "was_mended", "state"])
        return
    _write(line, share, by)


def _write(line: BankLine, share: Share, by: User) -> None:
    if line.amount is None or line.value_on is None:
        raise LineNotUsable
    # The bank's own words may repeat; the line's checksum never does.
    received = Received(
        line.amount,
        f"{line.source_id}/{line.number} {line.checksum[:8]}",
        line.value_on,
    )
    payment = write_received(share, received, by)
    line.attempt, line.share, line.state = payment.attempt, share, State.MATCHED
    line.save(update_fields=["attempt", "share", "was_mended", "state"])
    log(line, "payments.bank_line_matched", user=by)


@transaction.atomic
def _leave(line: BankLine, state: str, share: Share | None = None) -> None:
    line = BankLine.objects.select_for_update(no_key=True).get(pk=line.pk)
    if line.state != State.IMPORTED:
        return
    line.share = share
    line.save(update_fields=["share"])
    BankLine.lifecycle.advance(line, to=state)


def match_line(line: BankLine, *, share: Share, by: User) -> BankLine:
    """A person says whose money it is, settled share or not: too much is shown."""
    require(can_match(by, line) and can_match(by, BankLine(share=share)))
    supersede_live(share)
    return _match(line, share, by)


@transaction.atomic(durable=True)
def _match(line: BankLine, share: Share, by: User) -> BankLine:
    share = Share.objects.locked(share.pk)
    line = BankLine.objects.select_for_update(no_key=True).get(pk=line.pk)
    if not BankLine.lifecycle.allows(line, to=State.MATCHED):
        raise LineNotUsable
    if line.currency_id != share.currency_id:
        raise LineNotUsable
    _write(line, share, by)
    return line


@transaction.atomic
def discard_line(line: BankLine, *, by: User) -> BankLine:
    """The line is no fee of ours."""
    require(can_match(by, line))
    line = BankLine.objects.select_for_update(no_key=True).get(pk=line.pk)
    BankLine.lifecycle.advance(line, to=State.DISCARDED)
    log(line, "payments.bank_line_discarded", user=by)
    return line
