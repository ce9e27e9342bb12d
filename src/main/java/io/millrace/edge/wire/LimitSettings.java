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
        @Says("Connections open at the same time; further ones wait.")
        int connections,
    @Key("edge.requests.limit")
        @Default("1000")
        @Range(from = "1", to = "100000")
        @Says(
            "Requests answered at the same time; further ones are answered 503. One address may"
                + " use half of them before it proves anything.")
        int requests,
    @Key("edge.bodies.limit")
        @Default("64 MB")
        @Size(from = "1024 B", to = "1024 MB")
        @Says(
            "Memory for all request bodies together; a request beyond it is answered 503. The heap"
                + " needs four times this size.")
        int bodyBytes,
    @Key("edge.unverified.limit")
        @Default("100/s")
        @MustBe("a rate such as 100/s, 600/m or 100/s burst 500")
        @Says(
            "Rate of unverified requests from one address; above it, requests are answered 429 unread.")
        RateLimit unverified) {}
