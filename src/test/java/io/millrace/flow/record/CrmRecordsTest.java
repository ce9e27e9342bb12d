package io.millrace.flow.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.event.CrmAccount;
import io.millrace.event.CrmContact;
import io.millrace.event.CrmDeal;
import io.millrace.event.CrmLead;
import io.millrace.event.LeadScore;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

class CrmRecordsTest {
  private static final Set<String> NOT_FROM_FIELDS =
      Set.of("id", "system", "system_id", "fields", "sources", "created_at", "updated_at");

  @Test
  void everyColumnOfEveryTypeIsFilledFromTheFieldOfItsName() {
    assertEveryColumnIsFilled(CrmLead.class);
    assertEveryColumnIsFilled(CrmContact.class);
    assertEveryColumnIsFilled(CrmDeal.class);
    assertEveryColumnIsFilled(CrmAccount.class);
  }

  private static <V extends SpecificRecord> void assertEveryColumnIsFilled(Class<V> type) {
    Schema schema = SpecificData.get().getSchema(type);
    Set<String> columns =
        schema.getFields().stream()
            .map(Schema.Field::name)
            .filter(name -> !NOT_FROM_FIELDS.contains(name))
            .collect(Collectors.toSet());
    SortedMap<String, String> fields = new TreeMap<>(Map.of("custom", "value of custom"));
    columns.forEach(column -> fields.put(column, "value of " + column));
    VisibleRecord visible =
        new VisibleRecord(fields, List.of("crm"), Optional.empty(), Instant.EPOCH);

    V record = CrmRecords.of(type).of("crm:X-1", visible);

    for (String column : columns) {
      assertThat(record.get(schema.getField(column).pos()))
          .as(schema.getName() + "." + column)
          .isEqualTo("value of " + column);
    }
    assertThat(record.get(schema.getField("id").pos())).isEqualTo("crm:X-1");
    assertThat(record.get(schema.getField("system").pos())).isEqualTo("crm");
    assertThat(record.get(schema.getField("system_id").pos())).isEqualTo("X-1");
    assertThat(record.get(schema.getField("fields").pos()))
        .isEqualTo(Map.of("custom", "value of custom"));
  }

  @Test
  void refusesSchemaThatIsNotOneOfRecords() {
    assertThatThrownBy(() -> CrmRecords.of(LeadScore.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("LeadScore.avsc has no field id");
  }
}
