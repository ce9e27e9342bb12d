package io.millrace.kafka.format;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Writes generated records in Avro's binary encoding, by a plan that is built from the schema once.
 * Avro's own writer consults the schema, the model and the conversions for each field of each
 * record, which made writing a quarter of the cost of an event.
 *
 * <p>A plan covers what our schemas use. Other schemas, and values that do not match their schema,
 * go to Avro's writer, which then also reports the error. Thread-safe.
 */
public final class CompiledWriter<V extends SpecificRecord> {
  /** Ends the elements of an array or a map. */
  private static final int END = 0;

  private final @Nullable Plan plan;
  private final DatumWriter<V> avro;

  public CompiledWriter(Class<V> type) {
    SpecificData model = SpecificData.getForClass(type);
    Schema schema = model.getSchema(type);
    this.avro = new SpecificDatumWriter<>(schema, model);
    this.plan = new Compiler().planOrNull(schema);
  }

  /** How values of one schema are written. */
  private interface Plan {
    void write(@Nullable Object value, BinaryOutput out) throws IOException;
  }

  /** Whether values are written by a plan. */
  boolean isCompiled() {
    return plan != null;
  }

  /**
   * Writes a value.
   *
   * @throws RuntimeException as Avro's writer throws it for a value that does not match the schema;
   *     the output may then contain parts of it
   */
  void write(V value, BinaryOutput out) throws IOException {
    if (plan == null) {
      writeByAvro(value, out);
      return;
    }
    try {
      plan.write(value, out);
    } catch (NullPointerException | ClassCastException misfit) {
      // Names the field.
      writeByAvro(value, out);
      throw misfit;
    }
  }

  private void writeByAvro(V value, BinaryOutput out) throws IOException {
    BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
    avro.write(value, encoder);
    encoder.flush();
  }

  /**
   * The position of null in a union of null and one other type; with several other types, the
   * branch of a value would have to be determined.
   *
   * @throws UnsupportedOperationException for any other union
   */
  static int branchOfNull(List<Schema> branches) {
    boolean isNullable =
        branches.size() == 2
            && branches.stream().anyMatch(branch -> branch.getType() == Schema.Type.NULL);
    if (!isNullable) {
      throw new UnsupportedOperationException("a union of " + branches);
    }
    return branches.getFirst().getType() == Schema.Type.NULL ? 0 : 1;
  }

  /** Builds plans; a schema may contain itself. */
  private static final class Compiler {
    private final Map<String, RecordPlan> records = new HashMap<>();

    @Nullable Plan planOrNull(Schema schema) {
      try {
        return plan(schema);
      } catch (UnsupportedOperationException leftToAvro) {
        return null;
      }
    }

    private Plan plan(Schema schema) {
      if (schema.getLogicalType() != null) {
        return logical(schema.getLogicalType());
      }
      return switch (schema.getType()) {
        case RECORD -> record(schema);
        case UNION -> union(schema.getTypes());
        case MAP -> map(plan(schema.getValueType()));
        case ARRAY -> array(plan(schema.getElementType()));
        case STRING -> (value, out) -> out.writeText(need(value).toString());
        case BYTES -> (value, out) -> out.writeBytes((ByteBuffer) need(value));
        case INT -> (value, out) -> out.writeNumber((Integer) need(value));
        case LONG -> (value, out) -> out.writeNumber((Long) need(value));
        case BOOLEAN -> (value, out) -> out.writeBoolean((Boolean) need(value));
        case DOUBLE -> (value, out) -> out.writeDouble((Double) need(value));
        case FLOAT, ENUM, FIXED, NULL -> throw new UnsupportedOperationException();
      };
    }

    private static Plan logical(LogicalType type) {
      if (type instanceof LogicalTypes.TimestampMillis) {
        return (value, out) -> out.writeNumber(((Instant) need(value)).toEpochMilli());
      }
      if (type instanceof LogicalTypes.Date) {
        return (value, out) -> out.writeNumber(((LocalDate) need(value)).toEpochDay());
      }
      throw new UnsupportedOperationException();
    }

    private Plan record(Schema schema) {
      RecordPlan known = records.get(schema.getFullName());
      if (known != null) {
        return known;
      }
      RecordPlan plan = new RecordPlan(schema.getFields().size());
      records.put(schema.getFullName(), plan);
      for (Schema.Field field : schema.getFields()) {
        plan.fields[field.pos()] = plan(field.schema());
      }
      return plan;
    }

    private Plan union(List<Schema> branches) {
      int ofNull = branchOfNull(branches);
      Plan other = plan(branches.get(1 - ofNull));
      return (value, out) -> {
        if (value == null) {
          out.writeNumber(ofNull);
        } else {
          out.writeNumber(1 - ofNull);
          other.write(value, out);
        }
      };
    }

    private static Plan map(Plan values) {
      return (value, out) -> {
        Map<?, ?> map = (Map<?, ?>) need(value);
        if (!map.isEmpty()) {
          out.writeNumber(map.size());
          for (Map.Entry<?, ?> entry : map.entrySet()) {
            out.writeText(entry.getKey().toString());
            values.write(entry.getValue(), out);
          }
        }
        out.writeNumber(END);
      };
    }

    private static Plan array(Plan elements) {
      return (value, out) -> {
        Collection<?> all = (Collection<?>) need(value);
        if (!all.isEmpty()) {
          out.writeNumber(all.size());
          for (Object element : all) {
            elements.write(element, out);
          }
        }
        out.writeNumber(END);
      };
    }
  }

  /** A record's fields in order; filled while the plan is built. */
  private static final class RecordPlan implements Plan {
    private final Plan[] fields;

    RecordPlan(int size) {
      this.fields = new Plan[size];
    }

    @Override
    public void write(@Nullable Object value, BinaryOutput out) throws IOException {
      IndexedRecord record = (IndexedRecord) need(value);
      for (int i = 0; i < fields.length; i++) {
        fields[i].write(record.get(i), out);
      }
    }
  }

  private static Object need(@Nullable Object value) {
    if (value == null) {
      throw new NullPointerException("a value that must not be null according to the schema");
    }
    return value;
  }
}
