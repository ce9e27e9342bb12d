/**
 * The HTTP edge: it verifies raw bytes and passes the delivery to a {@link
 * io.millrace.edge.DeliveryLog}. It does not interpret payloads.
 *
 * <p>The path of a request: {@link io.millrace.edge.Edge} has the routes. {@link
 * io.millrace.edge.Exchanges} collects what is known of a request, passes it to its steps, and
 * reports and answers the {@link io.millrace.edge.Outcome} exactly once. The steps of a delivery
 * are one method, {@link io.millrace.edge.ReceiveDelivery}, and each takes the {@link
 * io.millrace.edge.Exchange} that the step before it made. {@link io.millrace.edge.Admission}
 * checks what a source requires of a request; {@link io.millrace.edge.wire.Answers} writes every
 * answer, and {@link io.millrace.edge.wire.RetryAfter} lists how long a sender has to wait.
 *
 * <p>A request is refused as early and as cheaply as possible. Before it is routed: ambiguous
 * framing, too many headers, ambiguous paths, headers that never end. Before its body is read, in
 * {@link io.millrace.edge.Admission}: an address that is not allowed (403), an address that sent
 * too many unverified requests (429), a source that has used up its {@code rateLimit} (429), an
 * edge at its capacity of requests (503). While the body is read: its size (413), the bytes of all
 * bodies together (503), its duration (400).
 *
 * <p>Three decisions behind that. Only verified requests count against a source's rate, so it
 * cannot be used up without the source's secret; before the body is read, the rate is only checked.
 * Unverified requests are counted by address, but an address that sent a genuine request in the
 * last ten minutes is not refused, because senders share addresses with strangers: a flood from
 * there costs one hash per request, with at most {@code edge.requests.limit} requests at a time.
 * And bodies count as they arrive, not by their announced length, so memory cannot be reserved by
 * announcing a large body.
 *
 * <p>The sender's address and the address it called are taken from headers only if a trusted proxy
 * wrote them: {@link io.millrace.edge.admit.TrustedProxies}, {@link
 * io.millrace.edge.admit.PublicUrl}.
 *
 * <p>How {@link io.millrace.edge.ReplayGuard} treats a repeat with a valid signature:
 *
 * <ul>
 *   <li>A signature whose age is limited by its scheme needs nothing more: within those minutes a
 *       repeat is a retry, and the flow drops its events as duplicates.
 *   <li>A signed time whose age is not limited by its scheme (SendGrid, Mailgun) is limited here,
 *       to the time in which the flow recognises the events: after that nothing would stop them.
 *   <li>A single-use token, signed without the body (Mailgun): with another body it is refused,
 *       because one of the two is forged.
 *   <li>A signed body without a time, whose events are identified by the body: after the time in
 *       which its sender retries and the flow remembers, a repeat is refused.
 *   <li>A signed body whose id or type is in a header that nobody signed (GitHub, Shopify, Attio):
 *       with another id or type it is refused, see {@link io.millrace.edge.RetoldGuard}.
 *   <li>Everything else passes. A repeat within that time goes into the log like any delivery: its
 *       first attempt may have been lost, and the audit shows every duplicate. Without an id, equal
 *       bytes may be two events, and refusing a repeat would lose one.
 * </ul>
 *
 * <p>Tokens and bodies are remembered by the process that accepted them: bounded, lost on a
 * restart, not shared between edges. Sharing them through Kafka would put a read of the log between
 * a delivery and its answer, and block every delivery while that read is behind. The flow is the
 * better place: it drops repeated events exactly, whichever edge accepted them. So an attacker who
 * replays against another edge, or after a restart, can do two things: send a forged body with a
 * Mailgun token seen elsewhere, until its time is too old; and send a signed body older than the
 * dedupe window once more. An allow list prevents both.
 */
@NullMarked
package io.millrace.edge;

import org.jspecify.annotations.NullMarked;
