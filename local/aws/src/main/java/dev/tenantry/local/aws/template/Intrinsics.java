package dev.tenantry.local.aws.template;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Evaluates intrinsic functions, with the values that parameters, conditions and resources have on this machine
/// (AWS CloudFormation User Guide, "Intrinsic function reference").
final class Intrinsics {

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{(!?)([^}]+)}");
    private static final Set<String> CONDITION_FUNCTIONS = Set.of("Equals", "Not", "And", "Or", "Condition");

    private final Map<String, Tree> parameters;
    private final Map<String, Tree> conditions;
    private final Function<String, String> references;
    private final Function<String, String> attributes;

    /// @param parameters values by name, pseudo parameters too
    /// @param conditions the template's `Conditions` section
    /// @param references the value of a resource's `!Ref` by logical id, "" if there is no such resource
    /// @param attributes the value of `LogicalId.Attribute`, "" if it is unknown
    Intrinsics(
            Map<String, Tree> parameters,
            Map<String, Tree> conditions,
            Function<String, String> references,
            Function<String, String> attributes) {
        this.parameters = parameters;
        this.conditions = conditions;
        this.references = references;
        this.attributes = attributes;
    }

    /// The value behind a call, and anything else as it is: the result is never a [Tree.Call], its elements may be.
    Tree resolve(Tree tree, String place) {
        return tree instanceof Tree.Call call ? resolve(call, place) : tree;
    }

    /// A condition of the template by name.
    boolean condition(String name, String place) {
        Tree condition = conditions.get(name);
        if (condition == null) {
            throw new TemplateProblem(place, "there is no condition " + name + ".");
        }
        return truth(condition, "Conditions." + name);
    }

    private Tree resolve(Tree.Call call, String place) {
        String here = place + " (!" + call.function() + ")";
        Tree argument = call.argument();
        return switch (call.function()) {
            case "Ref" -> reference(text(argument, here), here);
            case "GetAtt" -> new Tree.Text(attribute(attributeName(argument, here), here));
            case "Sub" -> new Tree.Text(substitute(argument, here));
            case "Join" -> {
                List<Tree> parts = items(argument, 2, here);
                yield new Tree.Text(String.join(text(parts.get(0), here), texts(parts.get(1), here)));
            }
            case "Split" -> {
                List<Tree> parts = items(argument, 2, here);
                String[] split = text(parts.get(1), here).split(Pattern.quote(text(parts.get(0), here)), -1);
                yield new Tree.Items(Stream.of(split).<Tree>map(Tree.Text::new).toList());
            }
            case "Select" -> {
                List<Tree> parts = items(argument, 2, here);
                List<String> choices = texts(parts.get(1), here);
                int index = number(text(parts.get(0), here), here);
                if (index < 0 || index >= choices.size()) {
                    throw new TemplateProblem(here, "there is no element " + index + ".");
                }
                yield new Tree.Text(choices.get(index));
            }
            case "If" -> {
                List<Tree> parts = items(argument, 3, here);
                boolean chosen = condition(text(parts.get(0), here), here);
                yield resolve(chosen ? parts.get(1) : parts.get(2), here);
            }
            default -> {
                if (CONDITION_FUNCTIONS.contains(call.function())) {
                    yield new Tree.Text(Boolean.toString(truth(call, place)));
                }
                throw new TemplateProblem(here, "this function can't be evaluated locally.");
            }
        };
    }

    private boolean truth(Tree tree, String place) {
        if (tree instanceof Tree.Fields fields && fields.values().size() == 1) {
            Tree named = fields.values().get("Condition");
            if (named != null) {
                return condition(text(named, place), place);
            }
        }
        if (!(tree instanceof Tree.Call call)) {
            return switch (text(tree, place)) {
                case "true" -> true;
                case "false" -> false;
                default -> throw new TemplateProblem(place, "a condition is expected.");
            };
        }
        String here = place + " (!" + call.function() + ")";
        return switch (call.function()) {
            case "Condition" -> condition(text(call.argument(), here), here);
            case "Not" -> !truth(items(call.argument(), 1, here).getFirst(), here);
            case "And" -> items(call.argument(), here).stream().allMatch(part -> truth(part, here));
            case "Or" -> items(call.argument(), here).stream().anyMatch(part -> truth(part, here));
            case "Equals" -> {
                List<Tree> parts = items(call.argument(), 2, here);
                yield text(parts.get(0), here).equals(text(parts.get(1), here));
            }
            default -> truth(resolve(call, place), here);
        };
    }

    private Tree reference(String name, String place) {
        if (name.equals("AWS::NoValue")) {
            return new Tree.Nothing();
        }
        Tree parameter = parameters.get(name);
        if (parameter != null) {
            return parameter;
        }
        String resource = references.apply(name);
        if (resource.isEmpty()) {
            throw new TemplateProblem(place, "there is no parameter or resource " + name + ".");
        }
        return new Tree.Text(resource);
    }

    private String attributeName(Tree argument, String place) {
        return resolve(argument, place) instanceof Tree.Items
                ? String.join(".", texts(argument, place))
                : text(argument, place);
    }

    private String attribute(String name, String place) {
        String value = attributes.apply(name);
        if (value.isEmpty()) {
            throw new TemplateProblem(place, name + " has no value on this machine.");
        }
        return value;
    }

    private String substitute(Tree argument, String place) {
        Map<String, String> own = new HashMap<>();
        String pattern;
        if (resolve(argument, place) instanceof Tree.Items) {
            List<Tree> parts = items(argument, 2, place);
            pattern = text(parts.get(0), place);
            if (parts.get(1) instanceof Tree.Fields variables) {
                variables.values().forEach((name, value) -> own.put(name, text(value, place)));
            }
        } else {
            pattern = text(argument, place);
        }
        return VARIABLE.matcher(pattern)
                .replaceAll(found -> Matcher.quoteReplacement(variable(found.group(1), found.group(2), own, place)));
    }

    private String variable(String escape, String name, Map<String, String> own, String place) {
        if (!escape.isEmpty()) {
            return "${" + name + "}";
        }
        String value = own.get(name);
        if (value != null) {
            return value;
        }
        return name.contains(".") ? attribute(name, place) : text(reference(name, place), place);
    }

    private String text(Tree tree, String place) {
        return switch (resolve(tree, place)) {
            case Tree.Text text -> text.value();
            case Tree.Items items -> String.join(",", texts(items, place));
            default -> throw new TemplateProblem(place, "a text is expected.");
        };
    }

    private List<String> texts(Tree tree, String place) {
        return items(tree, place).stream().map(item -> text(item, place)).toList();
    }

    private List<Tree> items(Tree tree, String place) {
        if (resolve(tree, place) instanceof Tree.Items items) {
            return items.values();
        }
        throw new TemplateProblem(place, "a list is expected.");
    }

    private List<Tree> items(Tree tree, int size, String place) {
        List<Tree> items = items(tree, place);
        if (items.size() != size) {
            throw new TemplateProblem(place, size + " elements are expected.");
        }
        return items;
    }

    private static int number(String text, String place) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException notANumber) {
            throw new TemplateProblem(place, "a whole number is expected, not \"" + text + "\".");
        }
    }
}
