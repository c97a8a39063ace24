"""What a platform sold, as the reconciler enters it (非本机)."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox

from tests.cashier import Cashier


def enters_the_platform(cashier: Cashier) -> None:
    """On the page of what is sold elsewhere: 350 万元, of which 瓮安 39 万元."""
    cashier.fills("external_source", "贵州展销平台月报")
    cashier.fills("external_amount", "3500000")
    county = cashier.find(QComboBox, "external_share_county")
    county.setCurrentIndex(county.findData("522725"))
    cashier.fills("external_share", "390000")
    cashier.presses("F12")
