/// The whole service, asked over HTTP as its callers ask it, and its pages, looked at in a browser.
@NullMarked
package dev.tenantry.tests.service;

import org.jspecify.annotations.NullMarked;
