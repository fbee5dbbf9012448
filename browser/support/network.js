// The network between a browser and the program, which can be lost: a proxy of the
// test's own. What browsers offer for it doesn't reach a service worker that is begun
// anew, which then has a network after all.

import { createServer, request } from 'node:http';

/** A network. `proxy` is for a browser's context. */
export async function network() {
  let isThere = true;
  const sockets = new Set();
  const server = createServer((asked, answer) => {
    const { hostname, port } = new URL(asked.url);
    const path = asked.url.replace(/^http:\/\/[^/]+/, '') || '/';
    const onward = request({ hostname, port, path, method: asked.method, headers: asked.headers }, (said) => {
      answer.writeHead(said.statusCode, said.headers);
      said.pipe(answer);
    });
    onward.on('error', () => answer.destroy());
    asked.pipe(onward);
  });
  server.on('connection', (socket) => {
    if (!isThere) {
      socket.destroy();
      return;
    }
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const lose = () => {
    isThere = false;
    for (const socket of sockets) socket.destroy();
  };
  return {
    proxy: { server: `http://127.0.0.1:${server.address().port}` },
    lose,
    find: () => {
      isThere = true;
    },
    close: () => {
      lose();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}
