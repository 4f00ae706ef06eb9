import { createServer, type RequestListener, type Server } from "node:http";
import { type AddressInfo, createServer as createTcpServer, type Socket } from "node:net";

/** Servers on loopback that tests write themselves, ended together. */
export interface Loopback {
  /** Starts an HTTP server and gives its origin; it answers at every address of this machine. */
  serve(listener: RequestListener): Promise<string>;
  /** Starts a server that is handed each connection as it is, for what no HTTP server would send. */
  serveRaw(connected: (socket: Socket) => void): Promise<string>;
  close(): void;
}

export function loopback(): Loopback {
  const closing: (() => void)[] = [];
  const listen = async (server: Pick<Server, "listen" | "address">) => {
    await new Promise<void>((resolve) => server.listen(0, "0.0.0.0", resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  };
  return {
    serve(listener) {
      const server = createServer(listener);
      closing.push(() => server.close().closeAllConnections());
      return listen(server);
    },
    serveRaw(connected) {
      const sockets = new Set<Socket>();
      const server = createTcpServer((socket) => {
        sockets.add(socket.on("error", () => {}));
        connected(socket);
      });
      closing.push(() => {
        server.close();
        for (const socket of sockets) socket.destroy();
      });
      return listen(server as unknown as Server);
    },
    close() {
      for (const end of closing.splice(0)) end();
    },
  };
}
