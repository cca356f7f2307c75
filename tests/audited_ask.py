"""Asks one question with an audit hook on sockets; prints the hosts that were touched as JSON."""

import asyncio
import json
import socket
import sys
from datetime import UTC, datetime

hosts: set[str] = set()


def watch(event: str, args: tuple[object, ...]) -> None:
    if event == "socket.connect":
        seen, address = args
        if isinstance(seen, socket.socket) and seen.family != socket.AF_UNIX:
            hosts.add(str(address[0]) if isinstance(address, tuple) else str(address))
    elif event in {"socket.getaddrinfo", "socket.gethostbyname"}:
        hosts.add(str(args[0]))


sys.addaudithook(watch)


async def main(api_base: str) -> None:
    from monitor.provider import Asker
    from monitor.types import Answer, AnswerStatus, Engine

    engine = Engine("gpt", "openai/gpt-4o", api_base=api_base, simulated=True)
    draft = Answer("a-1", "Which one?", "gpt", datetime.now(UTC), AnswerStatus.FAILED)
    async with Asker() as asker:
        answer = await asker.ask(engine, draft)
    sys.stdout.write(json.dumps({"status": answer.status, "hosts": sorted(hosts)}))


asyncio.run(main(sys.argv[1]))
