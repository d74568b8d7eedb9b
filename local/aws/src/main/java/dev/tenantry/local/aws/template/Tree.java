package dev.tenantry.local.aws.template;

import java.util.List;
import java.util.Map;

/// A template as written: nothing resolved yet. Scalars stay text, as CloudFormation treats them.
sealed interface Tree {

    /// A scalar.
    record Text(String value) implements Tree {}

    /// A list.
    record Items(List<Tree> values) implements Tree {
        public Items {
            values = List.copyOf(values);
        }
    }

    /// A mapping, in the order written.
    record Fields(Map<String, Tree> values) implements Tree {}

    /// An intrinsic function, in its short (`!Ref`) or its long (`Fn::If`) form.
    ///
    /// @param function the name without `!` and `Fn::`
    record Call(String function, Tree argument) implements Tree {}

    /// What `!Ref AWS::NoValue` and an empty YAML value leave behind.
    record Nothing() implements Tree {}
}
