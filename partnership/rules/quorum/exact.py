"""Exact numbers: whole ones as they are, fractions as fractions, never a float."""

from fractions import Fraction

Amount = int | Fraction

WHOLE = tuple(Fraction(number) for number in range(128))


def exact(amount: Amount) -> Fraction:
    """The amount as a fraction; the small whole ones, met most often, are made once."""
    if isinstance(amount, int):
        return WHOLE[amount] if 0 <= amount < len(WHOLE) else Fraction(amount)
    return amount


def threshold_of(fraction: Fraction, base: Amount) -> Amount:
    """That fraction of the base, as a whole number where it is one."""
    top = fraction.numerator * base.numerator
    bottom = fraction.denominator * base.denominator
    return top // bottom if top % bottom == 0 else Fraction(top, bottom)


def rounded_up(amount: Amount) -> int:
    """The least whole number not below it."""
    return -(-amount.numerator // amount.denominator)


def rounded_down(amount: Amount) -> int:
    """The greatest whole number not above it."""
    return amount.numerator // amount.denominator
