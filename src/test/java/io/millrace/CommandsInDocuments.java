package io.millrace;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** The command lines and options that a page of Markdown names, held against the real commands. */
final class CommandsInDocuments {
  private static final Pattern FENCE = Pattern.compile("(?ms)^ *```\\w*\n(.*?)^ *```$");
  private static final Pattern CODE = Pattern.compile("`([^`\n]+)`");
  private static final Pattern ARGUMENT = Pattern.compile("(?:\"[^\"]*\"|[^ \"])+");
  private static final String LAUNCHER = "millrace ";

  /** What a shell does with the program's output, or beside it. */
  private static final Pattern SHELL = Pattern.compile(" (?:>|\\||&).*");

  private final CommandLine commands;

  CommandsInDocuments() {
    List<String> names = List.copyOf(Main.commands().getSubcommands().keySet());
    commands = Main.commands(names.toArray(String[]::new));
  }

  /** What of a page is no command or option of the program, a line each. */
  List<String> faults(String page) {
    List<String> faults = new ArrayList<>();
    for (String line : typed(page)) {
      faults.addAll(line.contains("[") ? faultsOfMention(line) : faultsOfCall(line));
    }
    for (String mention : mentioned(page)) {
      faults.addAll(mention.startsWith("--") ? faultsOfOption(mention) : faultsOfMention(mention));
    }
    return faults;
  }

  /** The lines of fenced blocks that call the program, without its name. */
  List<String> typed(String page) {
    return FENCE
        .matcher(page)
        .results()
        .map(fence -> fence.group(1).replaceAll("\\\\\n *", ""))
        .flatMap(String::lines)
        .map(String::strip)
        .filter(line -> line.startsWith("./" + LAUNCHER))
        .map(line -> SHELL.matcher(line).replaceFirst(""))
        .map(line -> line.substring(2 + LAUNCHER.length()))
        .toList();
  }

  /** Calls and options in the text, without the program's name. */
  private List<String> mentioned(String page) {
    List<String> mentions = new ArrayList<>();
    Matcher code = CODE.matcher(FENCE.matcher(page).replaceAll(""));
    while (code.find()) {
      String text = code.group(1);
      String call = text.startsWith("./") ? text.substring(2) : text;
      if (call.startsWith(LAUNCHER)) {
        mentions.add(call.substring(LAUNCHER.length()));
      } else if (text.startsWith("--") || isCallOfGroup(text)) {
        mentions.add(text);
      }
    }
    return mentions;
  }

  private boolean isCallOfGroup(String text) {
    List<String> words = words(text);
    CommandLine group = commands.getSubcommands().get(words.getFirst());
    boolean isShort = words.size() == 2 || (words.size() > 2 && words.get(2).startsWith("-"));
    return isShort && group != null && !group.getSubcommands().isEmpty();
  }

  private List<String> faultsOfCall(String line) {
    try {
      commands.parseArgs(arguments(line).toArray(String[]::new));
      return List.of();
    } catch (ParameterException wrong) {
      return List.of("millrace " + line + ": " + wrong.getMessage());
    }
  }

  /** A mention may leave out what is required, and stand for its values in any way. */
  private List<String> faultsOfMention(String text) {
    List<String> faults = new ArrayList<>();
    CommandLine command = commands;
    boolean isPath = true;
    for (String word : words(text.replaceAll("[\\[\\]]", ""))) {
      if (word.startsWith("-")) {
        isPath = false;
        if (!knows(command, word)) {
          faults.add("millrace %s: there is no option %s".formatted(text, word));
        }
      } else if (isPath && !command.getSubcommands().isEmpty()) {
        CommandLine next = command.getSubcommands().get(word);
        if (next == null) {
          return List.of("millrace %s: there is no command %s".formatted(text, word));
        }
        command = next;
      }
    }
    return faults;
  }

  private List<String> faultsOfOption(String text) {
    String option = words(text).getFirst();
    return anyKnows(commands, option)
        ? List.of()
        : List.of("%s: no command has this option".formatted(text));
  }

  /** As a shell reads them: what is quoted is one. */
  private static List<String> arguments(String line) {
    return ARGUMENT.matcher(line).results().map(found -> found.group().replace("\"", "")).toList();
  }

  private static List<String> words(String text) {
    return Pattern.compile(" +").splitAsStream(text).toList();
  }

  private static boolean anyKnows(CommandLine command, String option) {
    return knows(command, option)
        || command.getSubcommands().values().stream().anyMatch(each -> anyKnows(each, option));
  }

  private static boolean knows(CommandLine command, String option) {
    String name = option.replaceFirst("=.*", "");
    return command.getCommandSpec().options().stream()
        .anyMatch(known -> Arrays.asList(known.names()).contains(name));
  }
}
