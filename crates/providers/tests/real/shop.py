"""localstripe on a loopback port of its own choice, which it prints. It keeps
nothing on the disk."""

import asyncio

from aiohttp import web
from localstripe import resources, server

resources.store.dump_to_disk = lambda: None


async def main():
    runner = web.AppRunner(server.app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    print(runner.addresses[0][1], flush=True)
    await asyncio.Event().wait()


asyncio.run(main())
