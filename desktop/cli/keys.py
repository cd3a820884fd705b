"""What the JSON answers hold, as `--help` of each word documents it; keys are not translated, nor is this."""

_FIGURE = 'each figure: {"value", "n", "low", "high"} (95 % interval; null where unknown), shares also "hits"'

IMPORT = """\
JSON keys:
  file, sheet         what was read
  target              "orders", "customers", "interactions"…; "book" for a workbook of a whole book
  layout              the layout recognised or given, "" for none
  rows                data rows in the file
  customers           {"new", "matched"}
  orders              {"new", "known"}
  lines               order lines that are new
  entries             {"new", "known"}: records of other kinds
  mode                "add", "fill", "newest" or "update-newest"
  updated             {"customers", "orders", "entries", "fields"}: records of the book that change, and in
                      how many fields
  not_there           records that the book does not have and that --mode update leaves out
  left_out            rows that are no records (totals, a template's examples, what a layout leaves out)
  doubts              pairs of customers that may be one and were not joined
  notes               sentences about the file as a whole
  problems            [{"row", "column", "value", "reason"}], rows as numbered in the file
  mapping             {header: field}
  written             false with --dry-run
Exit status 1 when there are problem rows; the good rows are written all the same.
"""

EXPORT = """\
JSON keys:
  file                the file written
  what                the list asked for
  rows                how many records are in it
"""

REPORT = f"""\
JSON keys (amounts in currency units, with exact cents):
  as_of, currency     the day, up to and including it, and the currency's code
  period              {{"from", "to"}}: the days that rates look at
  customers, buyers   all customers; those with at least one purchase
  orders, lines       all orders and their lines, whatever became of them
  lines_without_customer
  ordered             sum of all orders' totals
  gross, refunds, net received, given back, and the difference (unpaid and cancelled orders left out)
  unpaid              {{"orders"}}
  refunded_orders     orders with anything given back
  cancelled           {{"orders", "lines"}}: called off or returned whole
  repeat              {{"buyers", "a", "b", "c", "d", "e": {{"30", "60", "90", "180", "365"}}}}
                      a: bought twice in the period; b: had bought before, of buyers (the headline);
                      c: repeat purchases per buyer; d: bought twice ever; e: second purchase within days
  satisfaction        {{"ratings", "answered", "perceived", "expected", "gap", "csat", "nps", "ces",
                      "ces_easy"}}
  complaints          {{"received", "open", "first_reply_minutes": {{"n", "median", "p90"}},
                      "settled_minutes": {{"n", "median", "p90"}}, "replied_in_time", "settled_in_time",
                      "reopened", "per_100_orders", "promises_kept", "recovery", "remedies",
                      "reply_worked_minutes", "communicative", "satisfaction", "happy", "answered",
                      "remedied"}};
                      the first reply in minutes of the clock and in working minutes, settled in working
                      minutes; satisfaction: mean of what was perceived after the settlement, happy: 4 or 5
  states              {{"none", "new", "one-time", "regular", "drifting", "lost"}}: customers in each
  rhythm              {{"median_gap", "second_median", "second_late", "own"}}: days; own false: a default
  {_FIGURE}
"""

SEARCH = """\
JSON keys:
  customers           [{"id", "name", "phone", "region", "state", "orders", "spend", "last_day"}], best first
Exit status 1 when nobody is found.
"""

UNDO = """\
JSON keys:
  undone              the step taken back as a sentence, null when there was none (exit status 1)
"""

CHECK = """\
JSON keys:
  findings            [{"check", "count", "text"}], empty when all is well (exit status 1 when not)
"""

DEMO = """\
JSON keys:
  customers, orders   how many were made
"""
