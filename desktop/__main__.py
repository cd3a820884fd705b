"""Where the program begins: the window without a word, a command with one, or our own reading process."""

import gc
import sys
from pathlib import Path

# What the importer's watched child process is started with; see exchange/reading/files.py.
_READER_WORD = "--read-workbook"


def main() -> int:
    """Run what the arguments ask for and return the exit status."""
    arguments = sys.argv[1:]
    if arguments[:1] == [_READER_WORD]:
        from desktop.exchange.reading.child import main as read

        return read(arguments[1:])
    window = _window_options(arguments)
    if window is None:
        from desktop.cli.arguments import parse
        from desktop.cli.output import speak_utf8

        # Before the parser, which may answer itself: with its help, or with what is wrong with the words.
        speak_utf8()
        said = parse(arguments)
        if said.word:
            from desktop.cli.run import run

            return run(said)
        window = {"book": said.book or "", "language": said.language, "tell-when": said.tell_when}
    # Nothing made while starting is rubbish yet; app.py lets the collector in once the window is painted.
    gc.disable()
    from desktop import app

    book = window.get("book")
    return app.start(Path(book) if book else None, window.get("language", ""), window.get("tell-when", ""))


def _window_options(arguments: list[str]) -> dict[str, str] | None:
    """The options of a start without a word, None where the whole parser has to look at them.

    Most starts are these, and loading that parser would be a tenth of the time until the window is there.
    """
    pairs = dict(zip(arguments[::2], arguments[1::2], strict=False))
    if len(arguments) % 2 or not pairs.keys() <= {"--book", "--language", "--tell-when"}:
        return None
    return {name.removeprefix("--"): value for name, value in pairs.items()}


if __name__ == "__main__":
    sys.exit(main())
