"""The answers that the program brings, for complaints by subject and mood and for the stages of a sale."""

from __future__ import annotations

from typing import NamedTuple

from desktop.core.folding import fold
from desktop.core.translation import mark, tr


class BuiltInAnswer(NamedTuple):
    """Title and text (as kept, translated where shown), and where it fits; "" fits everywhere."""

    title: str
    text: str
    place: str
    subject: str = ""
    mood: str = ""


BUILT_IN: tuple[BuiltInAnswer, ...] = (
    BuiltInAnswer(
        mark("Complaint: the first word"),
        mark(
            "{name}, thank you for telling us. I have written it down as {number} and am looking into it "
            "now. You will hear from me by {due}. {clerk}, {shop}"
        ),
        "complaint",
    ),
    BuiltInAnswer(
        mark("Complaint: to somebody who is upset"),
        mark(
            "{name}, I would be annoyed too, and you are right to say so. Please tell me all of it; I write "
            "it down, and then we see together what helps you most."
        ),
        "complaint",
        mood="vent",
    ),
    BuiltInAnswer(
        mark("Complaint: to somebody who felt treated badly"),
        mark(
            "{name}, I am sorry for how you were treated here. Nobody should leave us feeling like that. I "
            "have spoken with everybody involved and see to it myself; you hear from me by {due}. {clerk}, "
            "{shop}"
        ),
        "complaint",
        "attitude",
        "respect",
    ),
    BuiltInAnswer(
        mark("Complaint: two ways to put it right"),
        mark(
            "{name}, that was our mistake. I can send you a new {product} today, or give you the money back "
            "at once. Which do you prefer? It will be done by {due}."
        ),
        "complaint",
        mood="remedy",
    ),
    BuiltInAnswer(
        mark("Complaint: a photo of the fault"),
        mark(
            "{name}, I am sorry that {product} is not as it should be. Would you send me one photo of it and "
            "one of the parcel? That is all I need; you have my decision by {due}."
        ),
        "complaint",
        "quality",
    ),
    BuiltInAnswer(
        mark("Complaint: wrong goods or quantity"),
        mark(
            "{name}, what came with order {order} is not what you bought, and that is our mistake. The right "
            "goods leave today. Sending the others back costs you nothing: I have the courier call on you."
        ),
        "complaint",
        "contract",
    ),
    BuiltInAnswer(
        mark("Complaint: the parcel is late"),
        mark(
            "{name}, order {order} should be with you by now. I have asked the courier and tell you by {due} "
            "where it is. If nobody can say by then, I send it again and do not make you wait."
        ),
        "complaint",
        "delivery",
    ),
    BuiltInAnswer(
        mark("Complaint: damaged on the way"),
        mark(
            "{name}, I am sorry that order {order} arrived damaged. Please keep box and wrapping and send me "
            "a photo; you need not argue with the courier, we do. A new one leaves as soon as I have it."
        ),
        "complaint",
        "delivery",
        "remedy",
    ),
    BuiltInAnswer(
        mark("Complaint: we did not keep our word"),
        mark(
            "{name}, we promised you something and did not keep it. There is no excuse for that. This is how "
            "it stands with {number}, and this time it is done by {due}; I call you when it is. {clerk}"
        ),
        "complaint",
        "service",
        "respect",
    ),
    BuiltInAnswer(
        mark("Complaint: still at work on it"),
        mark(
            "{name}, a word on {number}: I know the cause by now and am still putting it right. The next "
            "word comes by {due}, whether it is finished or not."
        ),
        "complaint",
    ),
    BuiltInAnswer(
        mark("Complaint: no, and what can be done instead"),
        mark(
            "{name}, I have gone through {number} twice and cannot do what you ask, and I want to tell you "
            "why rather than leave you waiting. What I can offer you instead, I have written below. If you "
            "see it otherwise, the platform and the consumers' advice office are open to you."
        ),
        "complaint",
    ),
    BuiltInAnswer(
        mark("Complaint: settled, and how was it?"),
        mark(
            "{name}, {number} is settled on our side. Is it put right for you too? A figure from 1 to 5 "
            "helps us, and an honest 2 more than a polite 5."
        ),
        "complaint",
    ),
    BuiltInAnswer(
        mark("Greeting"),
        mark("Hello {name}, this is {clerk} of {shop}. What are you looking for, and whom is it for?"),
        "pre-sale",
    ),
    BuiltInAnswer(
        mark("Sold out, and when it comes"),
        mark(
            "{product} is sold out at the moment and comes in again around {due}. Shall I keep one for you "
            "and write when it is here? Or I show you what comes closest."
        ),
        "pre-sale",
    ),
    BuiltInAnswer(
        mark("Order confirmed"),
        mark("Thank you, {name}. Order {order} is paid and leaves by {due}. Is the address still right?"),
        "in-sale",
    ),
    BuiltInAnswer(
        mark("Parcel on its way"),
        mark(
            "{name}, order {order} is on its way and should be with you by {due}. Please look at the parcel "
            "before you sign; if anything is broken, tell me first and I take care of it."
        ),
        "in-sale",
    ),
    BuiltInAnswer(
        mark("How was it?"),
        mark(
            "{name}, did {product} arrive well, and is it what you hoped for? If anything is not right, tell "
            "me before you tell anybody else: I put it in order. {clerk}, {shop}"
        ),
        "after-sale",
    ),
    BuiltInAnswer(
        mark("Return agreed"),
        mark(
            "{name}, of course you can send it back. Put the number {order} into the parcel and tell me when "
            "it has gone; the money is with you by {due} after it is here."
        ),
        "after-sale",
    ),
)
"""In the order in which they are shown."""


def built_in(title: str) -> BuiltInAnswer | None:
    """The built-in answer of a title as it is kept."""
    return next((one for one in BUILT_IN if one.title == title), None)


def kept_title(text: str) -> str:
    """What a book keeps for a title as somebody wrote it: a built-in one's in English."""
    text = " ".join(text.split())
    folded = fold(text)
    return next((one.title for one in BUILT_IN if folded in (fold(one.title), fold(tr(one.title)))), text)
