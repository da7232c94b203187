"""Check digits and letters of the numbers that countries and banks give to persons. Pure arithmetic.

Sources:
ISO/IEC 7812 (Luhn), ISO 13616 (IBAN), the NHS Data Dictionary, Spain's Real Decreto 1553/2005 (DNI), Verhoeff's
thesis of 1969 as UIDAI uses it, Brazil's Receita Federal (CPF), the SSA's rules of 2011.
"""

from __future__ import annotations

from typing import Final

_DNI_LETTERS: Final = "trwagmyfpdxbnjzsqvhlcke"
_TURNS: Final = (
    (0, 1, 2, 3, 4, 5, 6, 7, 8, 9), (1, 5, 7, 6, 2, 8, 3, 0, 9, 4), (5, 8, 0, 3, 7, 9, 6, 1, 4, 2), (8, 9, 1, 6, 0, 4, 3, 5, 2, 7),
    (9, 4, 5, 3, 1, 2, 6, 8, 7, 0), (4, 2, 8, 6, 5, 7, 3, 9, 0, 1), (2, 7, 9, 3, 8, 0, 6, 4, 1, 5), (7, 0, 4, 6, 9, 1, 3, 2, 5, 8),
)  # fmt: skip
_PENTAGON: Final = 5


def luhn(digits: str) -> bool:
    """Cards, Canadian SIN. At least two digits."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value  # noqa: PLR2004 - the sum of its digits
    return total % 10 == 0 and digits.strip("0") != ""


def iban(code: str) -> bool:
    """`code`: lower case, no blanks."""
    turned = code[4:] + code[:4]
    return int("".join(str(int(char, 36)) for char in turned)) % 97 == 1


def nhs(digits: str) -> bool:
    """Ten digits, the last one by modulus 11."""
    rest = 11 - sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False)) % 11
    return rest % 11 == int(digits[9])


def dni(code: str) -> bool:
    """Eight digits, or X, Y, Z and seven (NIE), and the letter."""
    number = code[:-1].replace("x", "0").replace("y", "1").replace("z", "2")
    return _DNI_LETTERS[int(number) % 23] == code[-1]


def ssn(digits: str) -> bool:
    """Nine digits that the Social Security Administration could have given: no area 000, 666 or 9xx, no zero part."""
    area, group, serial = digits[:3], digits[3:5], digits[5:]
    return area not in {"000", "666"} and area[0] != "9" and group != "00" and serial != "0000"


def aadhaar(digits: str) -> bool:
    """Twelve digits by Verhoeff's scheme."""
    check = 0
    for place, digit in enumerate(reversed(digits)):
        check = _turn(check, _TURNS[place % 8][int(digit)])
    return check == 0


def _turn(one: int, other: int) -> int:
    """The product in the group of a pentagon's turns (0 to 4) and flips (5 to 9)."""
    turned = one % 5 + other % 5 if one < _PENTAGON else one % 5 - other % 5
    return turned % 5 + (0 if (one < _PENTAGON) == (other < _PENTAGON) else 5)


def cpf(digits: str) -> bool:
    """Eleven digits, two of them checks."""
    if len(set(digits)) == 1:
        return False
    for length in (9, 10):
        total = sum(int(digit) * weight for digit, weight in zip(digits, range(length + 1, 1, -1), strict=False))
        if total * 10 % 11 % 10 != int(digits[length]):
            return False
    return True
