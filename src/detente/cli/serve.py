"""`detente serve`: the workbench in the browser."""

from __future__ import annotations

from threading import Thread

import click

from detente.cli.choices import Whole
from detente.errors import DetenteError

__all__ = ["serve"]


@click.command()
@click.argument("case", metavar="[CASE|FOLDER]", default=".")
@click.option(
    "--port",
    default=8642,
    show_default=True,
    type=Whole(0, 65535),
    help="Port; 0 for any that is free.",
)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen at.")
@click.option(
    "--token", default="", help="Secret that other machines need; drawn if none is given."
)
@click.option(
    "--open/--no-open", "opens", default=True, show_default=True, help="Open the browser."
)
def serve(case: str, port: int, host: str, token: str, opens: bool) -> None:
    """Open CASE, or the cases in FOLDER, in the browser; without either, those where you are.

    Nothing is fetched from elsewhere, and no other machine is let in but with --host.
    """
    try:
        from detente.web import Address, Server, Shelf, warm
    except ModuleNotFoundError as error:
        if error.name not in ("fastapi", "uvicorn"):
            raise
        message = "the workbench needs two more packages: pip install 'detente[serve]'"
        raise DetenteError(message) from None
    from detente.cli.handing import makers

    shelf = Shelf.open(case)
    address = Address(host, port, token)
    server = Server(shelf, address, makers())
    if not address.local:
        click.echo(
            f"warning: {host} can be reached from other machines. Whoever has the address below "
            "with its token can read and change the cases; nothing is encrypted on the way.",
            err=True,
        )
    click.echo(f"{server.start}\nStop with Ctrl+C.")
    if opens:
        import webbrowser

        webbrowser.open(server.start)
    Thread(target=warm, daemon=True).start()  # while the browser opens
    server.run()
