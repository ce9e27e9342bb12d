package io.millrace.kafka.format;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Reads generated records that were written with the current schema, by a plan that is built from
 * it once. Records of another schema version are left to Avro's own reader, which resolves the
 * fields. Thread-safe.
 */
public final class CompiledReader<V extends SpecificRecord> {
  private final Class<V> type;
  private final RecordPlan plan;

  /**
   * A reader of one type.
   *
   * @throws UnsupportedOperationException for a schema with a feature that ours do not use
   */
  public CompiledReader(Class<V> type) {
    this.type = type;
    this.plan = new Compiler().record(SpecificData.getForClass(type).getSchema(type));
  }

  V read(BinaryInput in) throws IOException {
    return type.cast(plan.read(in));
  }

  /** How values of one schema are read. */
  private interface Plan {
    @Nullable Object read(BinaryInput in) throws IOException;
  }

  /** Builds plans; a schema may contain itself. */
  private static final class Compiler {
    private final Map<String, RecordPlan> records = new HashMap<>();

    private Plan plan(Schema schema) {
      if (schema.getLogicalType() != null) {
        return logical(schema.getLogicalType());
      }
      return switch (schema.getType()) {
        case RECORD -> record(schema);
        case UNION -> union(schema.getTypes());
        case MAP -> map(plan(schema.getValueType()));
        case ARRAY -> array(plan(schema.getElementType()));
        case STRING -> BinaryInput::readText;
        case BYTES -> BinaryInput::readBytes;
        case INT -> BinaryInput::readInt;
        case LONG -> BinaryInput::readNumber;
        case BOOLEAN -> BinaryInput::readBoolean;
        case DOUBLE -> BinaryInput::readDouble;
        case FLOAT, ENUM, FIXED, NULL -> throw new UnsupportedOperationException(schema.toString());
      };
    }

    private static Plan logical(LogicalType type) {
      if (type instanceof LogicalTypes.TimestampMillis) {
        return in -> Instant.ofEpochMilli(in.readNumber());
      }
      if (type instanceof LogicalTypes.Date) {
        return in -> LocalDate.ofEpochDay(in.readInt());
      }
      throw new UnsupportedOperationException(type.getName());
    }

    private RecordPlan record(Schema schema) {
      RecordPlan known = records.get(schema.getFullName());
      if (known != null) {
        return known;
      }
      RecordPlan plan = new RecordPlan(constructor(schema), schema.getFields().size());
      records.put(schema.getFullName(), plan);
      for (Schema.Field field : schema.getFields()) {
        plan.fields[field.pos()] = plan(field.schema());
      }
      return plan;
    }

    private static Constructor<? extends SpecificRecord> constructor(Schema schema) {
      try {
        Class<?> generated = SpecificData.get().getClass(schema);
        return generated.asSubclass(SpecificRecord.class).getDeclaredConstructor();
      } catch (NoSuchMethodException impossible) {
        throw new UnsupportedOperationException(schema.getFullName(), impossible);
      }
    }

    private Plan union(List<Schema> branches) {
      int ofNull = CompiledWriter.branchOfNull(branches);
      Plan other = plan(branches.get(1 - ofNull));
      return in -> {
        long branch = in.readNumber();
        if (branch < 0 || branch > 1) {
          throw new IOException("There is no branch " + branch + " of two");
        }
        return branch == ofNull ? null : other.read(in);
      };
    }

    private static Plan map(Plan values) {
      return in -> {
        Map<String, @Nullable Object> map = new HashMap<>();
        for (int count = in.readCount(); count > 0; count = in.readCount()) {
          for (int i = 0; i < count; i++) {
            map.put(in.readWord(), values.read(in));
          }
        }
        return map;
      };
    }

    private static Plan array(Plan elements) {
      return in -> {
        int count = in.readCount();
        List<@Nullable Object> array = new ArrayList<>(count);
        for (; count > 0; count = in.readCount()) {
          for (int i = 0; i < count; i++) {
            array.add(elements.read(in));
          }
        }
        return array;
      };
    }
  }

  /** A record's fields in order; filled while the plan is built. */
  private static final class RecordPlan implements Plan {
    private final Constructor<? extends SpecificRecord> constructor;
    private final Plan[] fields;

    RecordPlan(Constructor<? extends SpecificRecord> constructor, int size) {
      this.constructor = constructor;
      this.fields = new Plan[size];
    }

    @Override
    public Object read(BinaryInput in) throws IOException {
      SpecificRecord record = created();
      for (int i = 0; i < fields.length; i++) {
        record.put(i, fields[i].read(in));
      }
      return record;
    }

    private SpecificRecord created() {
      try {
        return constructor.newInstance();
      } catch (ReflectiveOperationException impossible) {
        throw new IllegalStateException("A generated class has no usable constructor", impossible);
      }
    }
  }
}
