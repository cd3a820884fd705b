"""The field's words: every code that the book stores, with the name that people read.

`name(CHANNELS, "wechat")` speaks the user's language.
"""

from collections.abc import Mapping

from desktop.core.translation import mark, tr

CHANNELS: Mapping[str, str] = {
    "shop": mark("Shop"), "phone": mark("Phone"), "wechat": mark("WeChat"), "qq": mark("QQ"),
    "weibo": mark("Weibo"), "taobao": mark("Taobao"), "jd": mark("JD"), "pinduoduo": mark("Pinduoduo"),
    "douyin": mark("Douyin"), "1688": mark("1688"), "youzan": mark("Youzan"), "site": mark("Own site"),
    "email": mark("E-mail"), "sms": mark("SMS"), "visit": mark("Visit"), "other": mark("Other channel"),
}  # fmt: skip
ACCOUNT_CHANNELS: Mapping[str, str] = {**CHANNELS, "member": mark("Member card")}
"""Where a customer may have an account; the shop's own card is one."""
CUSTOMER_KINDS: Mapping[str, str] = {
    "individual": mark("Individual"), "company": mark("Company"), "distributor": mark("Distributor"),
    "internal": mark("Internal"),
}  # fmt: skip
RELATIONS: Mapping[str, str] = {
    "prospect": mark("Prospect"), "target": mark("Target"), "active": mark("Active"),
    "lost": mark("Lost customer"),
    "not-a-customer": mark("Not a customer"),
}  # fmt: skip
GENDERS: Mapping[str, str] = {
    "": "",
    "female": mark("Female"),
    "male": mark("Male"),
    "other": mark("Other gender"),
}
BIRTHDAY_CALENDARS: Mapping[str, str] = {"solar": mark("Solar calendar"), "lunar": mark("Lunar calendar")}
STATES: Mapping[str, str] = {
    "none": mark("No purchase"), "new": mark("New"), "one-time": mark("One-time"), "regular": mark("Regular"),
    "drifting": mark("Drifting"), "lost": mark("Lost"),
}  # fmt: skip
CONTACT_KINDS: Mapping[str, str] = {
    "phone": mark("Phone number"), "wechat": mark("WeChat id"), "qq": mark("QQ number"),
    "weibo": mark("Weibo name"),
    "email": mark("E-mail address"), "account": mark("Account"), "address": mark("Address"),
}  # fmt: skip
ORDER_STATUSES: Mapping[str, str] = {
    "unpaid": mark("Unpaid"), "paid": mark("Paid"), "shipped": mark("Shipped"),
    "completed": mark("Completed"),
    "cancelled": mark("Cancelled"), "returned": mark("Returned"),
}  # fmt: skip
STAGES: Mapping[str, str] = {
    "pre-sale": mark("Pre-sale"), "in-sale": mark("In-sale"), "after-sale": mark("After-sale"),
}  # fmt: skip
CASE_KINDS: Mapping[str, str] = {
    "return": mark("Return"), "exchange": mark("Exchange"), "repair": mark("Repair"),
    "installation": mark("Installation"), "warranty": mark("Warranty"),
}  # fmt: skip
CASE_STATUSES: Mapping[str, str] = {
    "open": mark("Case open"), "waiting": mark("Waiting"), "done": mark("Done"),
    "cancelled": mark("Called off"),
}  # fmt: skip
CASE_REASONS: Mapping[str, str] = {
    "": mark("Not noted"), "quality": mark("Faulty"), "wrong": mark("Wrong item"),
    "damaged": mark("Damaged on the way"), "fit": mark("Does not fit"), "mind": mark("Changed their mind"),
    "late": mark("Came too late"), "missing": mark("Something missing"), "other": mark("Another reason"),
}  # fmt: skip
CASE_OUTCOMES: Mapping[str, str] = {
    "": mark("Open still"), "refunded": mark("Money given back"), "replaced": mark("Replaced"),
    "repaired": mark("Repaired"), "installed": mark("Installed"), "credited": mark("Credit given"),
    "declined": mark("Declined"), "none": mark("Nothing came of it"),
}  # fmt: skip
RELATIONSHIPS: Mapping[str, str] = {
    "spouse": mark("Spouse"), "parent": mark("Parent"), "child": mark("Child"), "sibling": mark("Sibling"),
    "relative": mark("Relative"), "friend": mark("Friend"), "colleague": mark("Colleague"),
    "employer": mark("Employer"), "employee": mark("Employee"), "other": mark("Otherwise related"),
}  # fmt: skip
CONSENT_PURPOSES: Mapping[str, str] = {
    "contact": mark("Being contacted"), "promotion": mark("Offers and promotions"),
    "rating": mark("Being asked for ratings"), "photo": mark("Photos"),
    "share": mark("Passing data on"),
}  # fmt: skip
PRIVACY_KINDS: Mapping[str, str] = {
    "access": mark("A copy of their data"), "correct": mark("Data corrected"), "erase": mark("Data erased"),
    "restrict": mark("Use restricted"), "object": mark("Use objected to"),
}  # fmt: skip
GAVE: Mapping[str, str] = {"": "", "suggestion": mark("Suggestion"), "interview": mark("Interview")}
COMPLAINT_STATUSES: Mapping[str, str] = {
    "received": mark("Received"), "acknowledged": mark("Acknowledged"), "assessed": mark("Assessed"),
    "investigating": mark("Investigating"), "offered": mark("Remedy offered"), "settled": mark("Settled"),
    "closed": mark("Closed"), "rejected": mark("Rejected"),
}  # fmt: skip
NATURES: Mapping[str, str] = {
    "valid": mark("Valid complaint"),
    "communicative": mark("Communicative complaint"),
}
SUBJECTS: Mapping[str, str] = {
    "quality": mark("Product quality"), "contract": mark("Purchase contract"), "delivery": mark("Delivery"),
    "equipment": mark("Equipment or facilities"), "attitude": mark("Service attitude"),
    "service": mark("Service quality"), "incident": mark("Incident"),
}  # fmt: skip
MOODS: Mapping[str, str] = {
    "": mark("Not noted"), "vent": mark("Wants to vent"), "respect": mark("Wants to be respected"),
    "remedy": mark("Wants a remedy"),
}  # fmt: skip
SEVERITIES: Mapping[str, str] = {
    "urgent": mark("Urgent"), "high": mark("High"), "medium": mark("Medium"), "low": mark("Low"),
}  # fmt: skip
REMEDIES: Mapping[str, str] = {
    "apology": mark("Apology"), "replacement": mark("Replacement"), "refund": mark("Refund"),
    "partial-refund": mark("Partial refund"), "coupon": mark("Coupon"), "points": mark("Points"),
    "repair": mark("Repair"), "gift": mark("Gift"),
}  # fmt: skip
REMEDY_STATES: Mapping[str, str] = {
    "offered": mark("Offered"), "given": mark("Accepted and given"), "declined": mark("Not accepted"),
}  # fmt: skip
COMPLAINT_LINKS: Mapping[str, str] = {
    "related": mark("Is related to"), "cause": mark("Has the same cause as"), "split": mark("Was split into"),
}  # fmt: skip
ANSWER_PLACES: Mapping[str, str] = {
    "": mark("Everywhere"), **STAGES, "complaint": mark("Complaints"),
}  # fmt: skip
LEAD_STATUSES: Mapping[str, str] = {
    "new": mark("New lead"), "contacted": mark("Contacted"), "qualified": mark("Qualified"),
    "converted": mark("Became a customer"), "lost": mark("Lost lead"),
}  # fmt: skip
POINTS_REASONS: Mapping[str, str] = {
    "earned": mark("Earned"), "redeemed": mark("Redeemed"), "gift": mark("Given as a gift"),
    "expired": mark("Expired"), "correction": mark("Correction"),
}  # fmt: skip
SHIPMENT_DIRECTIONS: Mapping[str, str] = {"out": mark("To the customer"), "back": mark("Back to the shop")}
SHIPMENT_STATUSES: Mapping[str, str] = {
    "packed": mark("Packed"), "sent": mark("Sent"), "underway": mark("Under way"),
    "arrived": mark("Arrived"), "returned": mark("Sent back"), "lost": mark("Lost on the way"),
}  # fmt: skip
TIERS: Mapping[str, str] = {
    "regular": mark("Regular member"), "silver": mark("Silver member"), "gold": mark("Gold member"),
    "diamond": mark("Diamond member"),
}  # fmt: skip
SEGMENTS: Mapping[str, str] = {
    "champions": mark("Champions"), "loyal": mark("Loyal"), "potential-loyalist": mark("Potential loyalist"),
    "new": mark("New"), "promising": mark("Promising"), "need-attention": mark("Need attention"),
    "about-to-sleep": mark("About to sleep"), "at-risk": mark("At risk"), "cant-lose": mark("Can't lose"),
    "lost": mark("Lost"),
}  # fmt: skip


def name(table: Mapping[str, str], code: str) -> str:
    """What people call a code, in the user's language; the shop's own codes are their own names."""
    return tr(table[code]) if table.get(code) else code
