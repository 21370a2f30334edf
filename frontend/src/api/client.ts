import { errorFrom, unreachable } from "./errors";

function cookie(name: string): string {
  const pair = document.cookie.split("; ").find((part) => part.startsWith(`${name}=`));
  return pair ? decodeURIComponent(pair.slice(name.length + 1)) : "";
}

/** The header Django asks for on every change; read afresh, for signing in rotates the token. */
export function csrfHeader(): Record<string, string> {
  return { "X-CSRFToken": cookie("csrftoken") };
}

function init(method: string, body: unknown, signal?: AbortSignal, keepalive = false): RequestInit {
  const headers = new Headers({ Accept: "application/json", ...(method === "GET" ? {} : csrfHeader()) });
  if (body !== undefined) headers.set("Content-Type", "application/json");
  return {
    method,
    keepalive,
    signal: signal ?? null,
    credentials: "same-origin",
    headers,
    body: body === undefined ? null : JSON.stringify(body),
  };
}

/** A response that is good, or an ApiError thrown. For bodies that are not JSON (pixels). `keepalive`: also when the page goes. */
export async function respond(method: string, path: string, body?: unknown, signal?: AbortSignal, keepalive = false): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(path, init(method, body, signal, keepalive));
  } catch (error) {
    if (signal?.aborted) throw error;
    throw unreachable();
  }
  if (!response.ok) throw errorFrom(response.status, await response.text());
  return response;
}

async function request<T>(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<T> {
  const response = await respond(method, path, body, signal);
  return (response.status === 204 ? undefined : await response.json()) as T;
}

export const api = {
  get: <T>(path: string, signal?: AbortSignal) => request<T>("GET", path, undefined, signal),
  post: <T>(path: string, body: unknown = {}) => request<T>("POST", path, body),
  put: <T>(path: string, body: unknown) => request<T>("PUT", path, body),
  patch: <T>(path: string, body: unknown) => request<T>("PATCH", path, body),
  delete: <T = void>(path: string) => request<T>("DELETE", path),
};
