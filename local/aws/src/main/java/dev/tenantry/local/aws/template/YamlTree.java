package dev.tenantry.local.aws.template;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/// Parses YAML with CloudFormation's short tags into a [Tree].
///
/// Only composes nodes and never constructs objects, so that no tag can name a Java type.
final class YamlTree {

    /// What a node without a tag of its own can be.
    private static final Set<Tag> PLAIN =
            Set.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.NULL, Tag.TIMESTAMP, Tag.SEQ, Tag.MAP, Tag.MERGE);

    private final List<Node> open = new ArrayList<>();

    private YamlTree() {}

    static Tree parse(String yaml) {
        try {
            Node root = new Yaml(new SafeConstructor(new LoaderOptions())).compose(new StringReader(yaml));
            if (root == null) {
                throw new TemplateProblem("line 1", "the file is empty.");
            }
            return new YamlTree().tree(root);
        } catch (MarkedYAMLException notYaml) {
            int line = notYaml.getProblemMark() == null
                    ? 1
                    : notYaml.getProblemMark().getLine() + 1;
            throw new TemplateProblem("line " + line, notYaml.getProblem() + ".");
        }
    }

    private Tree tree(Node node) {
        if (isOpen(node)) {
            throw problem(node, "an alias refers to a node around it.");
        }
        open.add(node);
        String tag = node.getTag().getValue();
        Tree tree = PLAIN.contains(node.getTag()) ? plain(node) : tagged(node, tag);
        open.removeLast();
        return tree;
    }

    @SuppressWarnings("ReferenceEquality") // an alias is the very node that it stands for
    private boolean isOpen(Node node) {
        return open.stream().anyMatch(ancestor -> ancestor == node);
    }

    private Tree tagged(Node node, String tag) {
        if (!tag.matches("![A-Za-z]+")) {
            throw problem(node, "the tag " + tag + " is unknown.");
        }
        return new Tree.Call(tag.substring(1), plain(node));
    }

    private Tree plain(Node node) {
        return switch (node) {
            case ScalarNode scalar ->
                scalar.getTag().equals(Tag.NULL) ? new Tree.Nothing() : new Tree.Text(scalar.getValue());
            case SequenceNode sequence ->
                new Tree.Items(sequence.getValue().stream().map(this::tree).toList());
            case MappingNode mapping -> mapping(mapping);
            default -> throw problem(node, "a scalar, a list or a mapping is expected.");
        };
    }

    private Tree mapping(MappingNode node) {
        Map<String, Tree> fields = new LinkedHashMap<>();
        for (NodeTuple entry : node.getValue()) {
            if (!(entry.getKeyNode() instanceof ScalarNode key) || key.getTag().equals(Tag.MERGE)) {
                throw problem(entry.getKeyNode(), "only scalars can be keys, and merge keys are not supported.");
            }
            if (fields.put(key.getValue(), tree(entry.getValueNode())) != null) {
                throw problem(key, "the key " + key.getValue() + " is there twice.");
            }
        }
        if (fields.size() == 1) {
            Entry<String, Tree> only = fields.entrySet().iterator().next();
            if (only.getKey().equals("Ref")) {
                return new Tree.Call("Ref", only.getValue());
            }
            if (only.getKey().startsWith("Fn::")) {
                return new Tree.Call(only.getKey().substring("Fn::".length()), only.getValue());
            }
        }
        return new Tree.Fields(fields);
    }

    private static TemplateProblem problem(Node node, String problem) {
        return new TemplateProblem("line " + (node.getStartMark().getLine() + 1), problem);
    }
}
