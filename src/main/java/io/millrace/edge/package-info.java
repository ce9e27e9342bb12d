/**
 * The HTTP edge: it verifies raw bytes and hands the delivery to a {@link
 * io.millrace.edge.DeliveryLog}. It does not understand payloads.
 *
 * <p>The way of a request: {@link io.millrace.edge.Edge} has the routes. {@link
 * io.millrace.edge.Exchanges} takes down once what is known of a request, hands it to its steps,
 * and reports and answers the {@link io.millrace.edge.Outcome} once. The steps of a delivery are
 * one method, {@link io.millrace.edge.ReceiveDelivery}, and each takes the {@link
 * io.millrace.edge.Exchange} that the step before it made. What a source demands of a request is
 * checked in {@link io.millrace.edge.Admission}; what is answered is written in {@link
 * io.millrace.edge.Answers}, and how long a sender has to wait is in {@link
 * io.millrace.edge.RetryAfter}.
 *
 * <p>A request is refused as early and as cheaply as can be. Before it is routed: framing that
 * others could read otherwise, very many headers, paths that are not written plainly, headers that
 * never end. Before its body is read, in {@link io.millrace.edge.Admission}: an address that is not
 * allowed (403), an address that sent much that proved nothing (429), a source that has used up its
 * {@code rateLimit} (429), an edge that answers as many requests as it may (503). While the body is
 * read: its size (413), the bytes of all bodies together (503), its time (400).
 *
 * <p>Three decisions behind that. Only verified requests count against a source's rate, so nobody
 * without its secret can use it up; before the body it is only looked at. Unverified requests are
 * counted by address, but an address that something genuine came from in the last ten minutes is
 * read all the same, because senders share addresses with strangers: whoever floods from there
 * costs a hash each, and no more than {@code edge.requests.limit} at a time. And bodies count as
 * they arrive, not as they are announced, so that nobody reserves memory with a promise.
 *
 * <p>The sender's address and the address it called are taken from headers only if a trusted proxy
 * wrote them: {@link io.millrace.edge.TrustedProxies}, {@link io.millrace.edge.PublicUrl}.
 *
 * <p>What was rightly signed once and comes again ({@link io.millrace.edge.ReplayGuard}):
 *
 * <ul>
 *   <li>A signature whose age its scheme limits needs nothing more: within those minutes a repeat
 *       is a retry, and the flow drops its events as duplicates.
 *   <li>A signed time whose age no scheme limits (SendGrid, Mailgun) is limited here, to the time
 *       in which the flow knows the events again: past that nothing would stop them.
 *   <li>A token that comes once, signed without the body (Mailgun): with another body it is
 *       refused, for one of the two is forged.
 *   <li>A signed body without a time, whose events are identified by the body: past the time its
 *       sender retries and the flow remembers, a repeat is refused.
 *   <li>Everything else passes. A repeat within that time goes into the log like any delivery: its
 *       first attempt may have been lost, and the account of what was accepted shows every
 *       duplicate. Where the event's id comes in a header nobody signed (GitHub, Shopify, Attio),
 *       or there is none, equal bytes may be two events, and to refuse would be to lose one.
 * </ul>
 *
 * <p>Tokens and bodies are remembered by the process that took them: bounded, gone with a restart,
 * not shared between edges. To share them through Kafka would put a read of the log between a
 * delivery and its answer, and let no delivery in while that read is behind; and what is shared
 * already is the better line: the flow drops repeated events exactly, whichever edge took them. So
 * whoever replays against another edge, or after a restart, gains this: a forged body under a
 * Mailgun token seen elsewhere, until its time is too old; and a signed body older than the dedupe
 * window once more. An allow list closes both.
 */
@NullMarked
package io.millrace.edge;

import org.jspecify.annotations.NullMarked;
