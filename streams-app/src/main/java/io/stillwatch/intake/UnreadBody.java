package io.stillwatch.intake;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * What has not been read of a request's body. Whoever is refused while still sending has to be read to the end first: a
 * connection that is closed with bytes unread is reset, and its sender sees a broken line instead of the refusal and of the
 * seconds after which to try again.
 */
final class UnreadBody implements Content.Source {
    private final Request request;

    UnreadBody(Request request) {
        this.request = request;
    }

    /**
     * Reads on without keeping anything.
     *
     * @param begun whether some of it was read already; else a body is left as it is whose sender waits to be asked for it
     * @param most bytes; a body that is longer is left as it is
     * @param then what to do after it, whatever became of the body
     */
    void discard(boolean begun, long most, Runnable then) {
        boolean waitsToBeAsked = !begun && request.getHeaders().contains(HttpHeader.EXPECT);
        if (waitsToBeAsked || request.getLength() > most) {
            then.run();
        } else {
            new Discarding(most, then).run();
        }
    }

    private final class Discarding implements Runnable {
        private final Runnable then;
        private long left;

        Discarding(long most, Runnable then) {
            this.left = most;
            this.then = then;
        }

        @Override
        public void run() {
            while (true) {
                Content.Chunk chunk = request.read();
                if (chunk == null) {
                    request.demand(this);
                    return;
                }
                left -= chunk.remaining();
                boolean ended = chunk.isLast() || Content.Chunk.isFailure(chunk) || left < 0;
                chunk.release();
                if (ended) {
                    then.run();
                    return;
                }
            }
        }
    }

    @Override
    public Content.@Nullable Chunk read() {
        return request.read();
    }

    @Override
    public void demand(Runnable whenThereIsMore) {
        request.demand(whenThereIsMore);
    }

    /** Leaves the request as it is: a body that is too long to be kept can still be read to its end. */
    @Override
    public void fail(Throwable failure) {}

    @Override
    public long getLength() {
        return request.getLength();
    }
}
