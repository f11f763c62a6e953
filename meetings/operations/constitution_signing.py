"""Signing a version of the rules: each whom the rules name, the exact text, with name and time."""

from __future__ import annotations

from django.db import transaction

from meetings.operations.constitution_drafts import bring_in, held
from membership.queries.signing import signing_places
from partnership import clock
from partnership.authorship import saved
from partnership.models import Constitution, ConstitutionDraft, ConstitutionSignature, DraftState, User
from partnership.rules.plain_dates import listed


class NotPutForward(Exception):
    """The draft is still being changed."""


class ChangedSinceShown(Exception):
    """The text is another one than that which was shown."""


class NotForYouToSign(Exception):
    """The rules name somebody else."""


class SignedAlready(Exception):
    """That signature has been given."""


@transaction.atomic
def sign(
    *, draft: ConstitutionDraft, place: str, sha256: str, by: User
) -> tuple[ConstitutionSignature, Constitution | None]:
    """Give one signature to the text with that hash; with the last one it comes into force (second of the pair).

    Raises DraftClosed, NotPutForward, ChangedSinceShown, NotForYouToSign, SignedAlready, and as `adopt_version` does.
    """
    draft = held(draft)
    if draft.state != DraftState.PUT_FORWARD:
        raise NotPutForward("The draft is being changed again: it cannot be signed until it is put forward.")
    if draft.sha256 != sha256:
        raise ChangedSinceShown("The text was changed after it was shown to you. Read it again before you sign.")
    places = {each.key: each for each in signing_places(draft=draft, on=clock.today())}
    asked = places.get(place)
    if asked is None or by.pk not in {person.pk for person in asked.people}:
        raise NotForYouToSign("The rules ask somebody else for this signature.")
    given = {each.place: each for each in draft.signatures.filter(voided_at=None)}
    if place in given:
        raise SignedAlready(f"{given[place].name} has signed as {asked.capacity} already.")
    signature = ConstitutionSignature(
        draft=draft,
        place=place,
        capacity=asked.capacity,
        person=by,
        name=by.name,
        sha256=sha256,
        signed_at=clock.now(),
    )
    saved(signature, by=by, reason=f"Signed as {asked.capacity}")
    given[place] = signature
    if places.keys() - given.keys():
        return signature, None
    signed = listed([f"{each.name} as {each.capacity}" for each in given.values()])
    return signature, bring_in(draft, reason=draft.reason, signed=signed, by=by)
