package io.millrace.edge.wire;

import io.millrace.config.setting.Default;
import io.millrace.config.setting.Key;
import io.millrace.config.setting.MustBe;
import io.millrace.config.setting.Range;
import io.millrace.config.setting.Says;
import io.millrace.config.setting.Size;
import io.millrace.source.RateLimit;

/** The limits for all senders together. */
public record LimitSettings(
    @Key("edge.connections.limit")
        @Default("10000")
        @Range(from = "1", to = "1000000")
        @Says(
            "Maximum number of open connections. A further one takes the place of the oldest of"
                + " the address that has most; a quarter is reserved for known senders.")
        int connections,
    @Key("edge.requests.limit")
        @Default("1000")
        @Range(from = "1", to = "100000")
        @Says(
            "Maximum number of requests in progress; further ones take the place of slow ones, or"
                + " are answered with 503. A quarter is reserved for known senders.")
        int requests,
    @Key("edge.bodies.limit")
        @Default("64 MB")
        @Size(from = "1024 B", to = "1024 MB")
        @Says(
            "Memory for all request bodies together; a request that does not fit is answered"
                + " with 503. The heap needs four times as much: if it is too small, this and"
                + " the two limits above are lowered at startup.")
        int bodyBytes,
    @Key("edge.unverified.limit")
        @Default("100/s")
        @MustBe("a rate such as 100/s, 600/m or 100/s burst 500")
        @Says(
            "Rate of unverified requests from one address; above it, its requests are"
                + " answered with 429 without being read.")
        RateLimit unverified) {}
