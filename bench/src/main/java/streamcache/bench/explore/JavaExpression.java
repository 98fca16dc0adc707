package streamcache.bench.explore;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Writes records of numbers, lists and nested records as the Java expression that creates them. */
final class JavaExpression {

  private JavaExpression() {}

  static String of(Object value) {
    return switch (value) {
      case Record record -> of(record);
      case List<?> list -> call("List.of", list.stream().map(JavaExpression::of).toList());
      case Long number -> number + "L";
      case Double number -> number.toString();
      case Integer number -> number.toString();
      case Boolean truth -> truth.toString();
      default -> throw new IllegalArgumentException("no expression for " + value.getClass());
    };
  }

  private static String of(Record record) {
    Class<?> type = record.getClass();
    List<String> arguments =
        Arrays.stream(type.getRecordComponents())
            .map(component -> of(value(record, component)))
            .toList();
    return call("new " + name(type), arguments);
  }

  private static Object value(Record record, RecordComponent component) {
    try {
      return component.getAccessor().invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String name(Class<?> type) {
    Class<?> outer = type.getEnclosingClass();
    return outer == null ? type.getSimpleName() : name(outer) + "." + type.getSimpleName();
  }

  private static String call(String name, List<String> arguments) {
    return arguments.stream().collect(Collectors.joining(", ", name + "(", ")"));
  }
}
