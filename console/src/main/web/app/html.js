// The one place that knows the view library: markup as tagged templates, and the hooks that components use.

import { Component, Fragment, createContext, h, render } from "preact";
import { useCallback, useContext, useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import htm from "htm";

/** Markup: html`<p class=${name}>${text}</p>`. Text stays text, whatever the API answers. */
export const html = htm.bind(h);

export {
  Component,
  Fragment,
  createContext,
  render,
  useCallback,
  useContext,
  useEffect,
  useId,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
};
