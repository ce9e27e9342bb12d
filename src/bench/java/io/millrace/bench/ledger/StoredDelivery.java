package io.millrace.bench.ledger;

import io.millrace.audit.Place;
import io.millrace.bench.simulator.RequestTag;
import java.util.Optional;

/**
 * A delivery as stored in deliveries-received.
 *
 * @param tag identifies the simulated request; empty for other senders
 * @param parts how many events and dead letters it must become
 */
public record StoredDelivery(
    Place place, String deliveryId, String source, Optional<RequestTag> tag, int parts) {}
