"""Where the program begins: the window without a word, a command with one, or our own reading process."""

import sys

# What the importer's watched child process is started with; see exchange/reading.py.
_READER_WORD = "--read-workbook"


def main() -> int:
    """Run what the arguments ask for and return the exit status."""
    if sys.argv[1:2] == [_READER_WORD]:
        from desktop.exchange.reader_child import main as read

        return read(sys.argv[2:])
    from desktop.cli.arguments import parse

    arguments = parse(sys.argv[1:])
    if arguments.word:
        from desktop.cli.run import run

        return run(arguments)
    from desktop import app

    return app.start(arguments.book, arguments.language, arguments.tell_when)


if __name__ == "__main__":
    sys.exit(main())
