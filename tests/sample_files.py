"""Files as a shop keeps them: pictures drawn here, a receipt, a list, and a picture that is damaged."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QIODevice, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QLinearGradient, QPainter

from desktop.operations.attachments import NewFile


def picture(width: int, height: int, hue: int, kind: str = "PNG") -> bytes:
    """A picture of hills in a colour."""
    image = QImage(width, height, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    sky = QLinearGradient(0, 0, 0, height)
    sky.setColorAt(0, QColor.fromHsl(hue, 90, 210))
    sky.setColorAt(1, QColor.fromHsl(hue, 60, 240))
    painter.fillRect(image.rect(), sky)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for number in range(4):
        painter.setBrush(QColor.fromHsl(hue, 80, 170 - 30 * number))
        left = width * (number * 0.27 - 0.3)
        painter.drawEllipse(QRectF(left, height * (0.5 + 0.08 * number), width * 0.8, height))
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, kind)  # type: ignore[call-overload]  # the stubs want bytes, Qt takes words
    return bytes(buffer.data().data())


def sample_files(language: str) -> list[NewFile]:
    """Some of everything, named in a language."""
    english = language == "en"
    whole = picture(1200, 800, 100)
    return [
        NewFile("Receipt 20260711.pdf" if english else "小票20260711.pdf", data=b"%PDF-1.7 receipt"),
        NewFile("Wishes for the gift boxes.csv" if english else "礼盒需求清单.csv", data=b"tea,10\nbox,4\n"),
        NewFile("Damaged.png" if english else "损坏的图片.png", data=whole[:300]),
        NewFile("Shop front.jpg" if english else "门店.jpg", data=picture(1600, 900, 168, "JPG")),
        NewFile("Parcel, dented.png" if english else "包裹破损.png", data=picture(800, 1100, 30)),
        NewFile("Tea hills.png" if english else "茶山.png", data=whole),
    ]
