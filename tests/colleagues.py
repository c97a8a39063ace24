"""People at the real window: their PINs, and one taking over from another."""

from __future__ import annotations

from tests.cashier import Cashier

MANAGER_PIN = "835172"
CASHIER_PIN = "4806"


def take_on(cashier: Cashier, *people: tuple[str, str, str]) -> None:
    """The manager takes a PIN and adds people: name, role and PIN of each."""
    cashier.presses("F11")
    cashier.touches_button("change_person_1")
    cashier.fills("person_pin", MANAGER_PIN)
    cashier.presses("Enter")
    for name, role, pin in people:
        cashier.fills("person_name", name)
        cashier.chooses("person_role", role)
        cashier.fills("person_pin", pin)
        cashier.presses("Enter")
    cashier.presses("F1")


def take_over(cashier: Cashier, person: int, pin: str) -> None:
    """Whoever came so many-th to the shop stands at the till now."""
    cashier.presses("Ctrl+L")
    cashier.touches_button(f"person_{person}")
    cashier.types(pin)
    cashier.presses("Enter")
