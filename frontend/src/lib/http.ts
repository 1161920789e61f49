import createClient, { type Middleware } from 'openapi-fetch';
import type { Problem } from './api';
import type { paths } from './schema';

/** An answer that is not 2xx, or no answer at all (status 0). */
export class RequestError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.title);
    this.problem = problem;
  }
}

/** Echoes the CSRF cookie in a header: a foreign page can send the cookie, but not read it. */
const csrf: Middleware = {
  onRequest({ request }) {
    const token = /(?:^|; )XSRF-TOKEN=([^;]+)/.exec(document.cookie)?.[1];
    if (token !== undefined && request.method !== 'GET') {
      request.headers.set('X-XSRF-TOKEN', decodeURIComponent(token));
    }
    return request;
  },
};

export const http = createClient<paths>({ baseUrl: location.origin });
http.use(csrf);

interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** The body of a 2xx answer. @throws RequestError with the server's problem, or one made up here. */
export async function body<T>(call: Promise<Answer<T>>): Promise<T> {
  let answer: Answer<T>;
  try {
    answer = await call;
  } catch {
    throw new RequestError({
      title: 'The server did not answer',
      status: 0,
      detail: `No answer from ${location.origin}. Check that the server runs, then retry.`,
    });
  }
  if (answer.response.ok) return answer.data as T;
  throw new RequestError(asProblem(answer.error, answer.response));
}

function asProblem(error: unknown, response: Response): Problem {
  if (typeof error === 'object' && error !== null && 'title' in error) return error as Problem;
  return {
    title: `The server answered ${response.status} ${response.statusText}`.trim(),
    status: response.status,
    detail: `${new URL(response.url).pathname} sent no problem document with it.`,
  };
}
