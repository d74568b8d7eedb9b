/// The project's own files: where they are, and which class may know which.
@NullMarked
package dev.tenantry.tests.project;

import org.jspecify.annotations.NullMarked;
