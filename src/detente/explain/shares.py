"""Shares of readings in words, and how far what is open moves them."""

from __future__ import annotations

from fractions import Fraction

__all__ = ["fraction", "together"]


def fraction(share: Fraction) -> str:
    """Write a share: exactly where that is short, else in per cent.

    Examples
    --------
    >>> fraction(Fraction(1, 3)), fraction(Fraction(1234, 9999))
    ('1/3', '12.3 %')
    """
    return str(share) if share.denominator <= 64 else f"{float(share) * 100:.1f} %"


def together(effect: Fraction) -> str:
    """Say what two uncertainties do to the share of a claim; the sentence begins with the two.

    Examples
    --------
    >>> together(Fraction(3, 4))
    'together move the share by 3/4, further than either alone.'
    """
    return f"together move the share by {fraction(effect)}, further than either alone."
