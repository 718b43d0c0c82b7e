"""The workbench: a local web server over case files, and the front end that it serves."""

from detente.web.app import create_app
from detente.web.guard import Guard
from detente.web.handing import Makers, Order, Product
from detente.web.serving import Address, Server
from detente.web.shelf import Shelf
from detente.web.warming import warm
from detente.web.workshop import Limits

__all__ = [
    "Address",
    "Guard",
    "Limits",
    "Makers",
    "Order",
    "Product",
    "Server",
    "Shelf",
    "create_app",
    "warm",
]
