/** One PUT to S3 with its progress; fetch tells none of an upload. */

/** S3 did not take it, or could not be reached (status 0). */
export class SendError extends Error {
  constructor(status) {
    super(String(status));
    this.status = status;
  }
}

/**
 * @param permission as the API gave it: method, url, headers
 * @param progress gets the bytes sent so far
 * @returns the version that lies there now: its versionId, else its eTag without quotes
 */
export function send(permission, file, progress, signal) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open(permission.method, permission.url);
    for (const [name, value] of Object.entries(permission.headers)) {
      // The browser counts by itself, and lets nobody else.
      if (name !== 'content-length') request.setRequestHeader(name, value);
    }
    request.upload.addEventListener('progress', ({ loaded }) => progress(loaded));
    request.addEventListener('load', () => {
      if (request.status >= 200 && request.status < 300) resolve(version(request));
      else reject(new SendError(request.status));
    });
    request.addEventListener('error', () => reject(new SendError(0)));
    request.addEventListener('abort', () => reject(signal.reason));
    signal.addEventListener('abort', () => request.abort(), { once: true });
    request.send(file);
  });
}

function version(request) {
  const id = request.getResponseHeader('x-amz-version-id');
  return id && id !== 'null' ? id : (request.getResponseHeader('etag') ?? '').replaceAll('"', '');
}
