"""The queue of files: no reader ever meets half a message, and what is broken stops nobody."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from kombu import Connection, Exchange, Queue

from lucngan import filequeue


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "queue").mkdir()
    return tmp_path


def connect(folder: Path) -> Connection:
    filequeue.register()
    options = {
        "data_folder_in": folder / "queue",
        "data_folder_out": folder / "queue",
        "control_folder": folder / "control",
    }
    return Connection("files://localhost", transport_options=options)


def queue(folder: Path) -> Queue:
    """One of its own for each test: the transport remembers for its process what it has bound."""
    return Queue("viec", Exchange(folder.name), routing_key=folder.name)


def send(folder: Path, words: list[str]) -> None:
    own = queue(folder)
    with connect(folder) as connection, connection.Producer() as producer:
        for word in words:
            producer.publish(word, exchange=own.exchange, routing_key=own.routing_key, declare=[own])


def received(connection: Connection, folder: Path) -> Iterator[Any]:
    """What waits, until nothing does."""
    waiting = queue(folder)(connection.default_channel)
    waiting.declare()
    while message := waiting.get():
        message.ack()
        yield message.payload


def test_messages_come_in_their_order_and_leave_no_file(folder: Path) -> None:
    send(folder, ["một", "hai", "ba"])

    with connect(folder) as connection:
        assert list(received(connection, folder)) == ["một", "hai", "ba"]
    assert list((folder / "queue").iterdir()) == []


def test_a_message_that_cannot_be_read_is_passed_over(folder: Path) -> None:
    (folder / "queue" / "0_rong.viec.msg").touch()
    (folder / "queue" / "1_dut.viec.msg").write_text('{"body": ', encoding="utf-8")
    send(folder, ["sau"])

    with connect(folder) as connection:
        assert list(received(connection, folder)) == ["sau"]


def test_a_reader_beside_many_writers_gets_every_message_whole(folder: Path) -> None:
    sent = [[f"{writer}-{number}" for number in range(60)] for writer in range(4)]
    writers = [Thread(target=send, args=(folder, words)) for words in sent]
    got: list[str] = []

    with connect(folder) as connection:
        got += received(connection, folder)
        for writer in writers:
            writer.start()
        while any(writer.is_alive() for writer in writers):
            got += received(connection, folder)
        got += received(connection, folder)

    assert sorted(got) == sorted(word for words in sent for word in words)
