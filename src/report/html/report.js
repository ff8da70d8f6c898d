// Draws the charts of a report from their JSON, sorts its tables, fits both to the width of the page and of paper.
(() => {
  "use strict";
  const language = document.documentElement.lang;
  // Okabe and Ito's palette, told apart by most who see few colours; dashes and patterns say the same again.
  const INKS = ["#0072B2", "#D55E00", "#009E73", "#9A5B8A", "#B07A00", "#3A8FC2"];
  const DASHES = [null, "7 3", "2 3", "9 3 2 3", "1 4", "12 4"];
  const GAP = "#C8371B", BELOW = "#B35806", ABOVE = "#0B5A9C", MIDDLE = "#F5F3EE", INK = "#1b2733";
  const NARROW = 560, PAPER = 690;
  const errors = [];
  window.addEventListener("error", (event) => errors.push(String(event.message)));

  // Numbers and texts ------------------------------------------------------------------------------------------------

  const form = (value, digits) =>
    new Intl.NumberFormat(language, { maximumFractionDigits: digits, minimumFractionDigits: 0, useGrouping: "always" }).format(value);
  const written = (unit, value, digits) => {
    const scaled = unit === "share" ? 100 * value : value;
    const finest = Math.abs(scaled) < 10 ? 2 : Math.abs(scaled) < 1000 ? 1 : 0;
    return form(scaled, digits ?? finest) + (unit === "share" ? "\u00a0%" : "");
  };
  const pen = document.createElement("canvas").getContext("2d");
  const widthOf = (text, size = 12) => {
    pen.font = `${size}px ${getComputedStyle(document.body).fontFamily}`;
    return pen.measureText(text).width;
  };
  const widest = (texts, size) => d3.max(texts, (text) => widthOf(text, size)) ?? 0;
  /** Lines of whole words, none wider than it must be. */
  const wrapped = (text, width, size = 12) => {
    const lines = [];
    for (const word of text.split(" ")) {
      const longer = lines.length ? `${lines[lines.length - 1]} ${word}` : word;
      if (lines.length && widthOf(longer, size) <= width) lines[lines.length - 1] = longer;
      else lines.push(word);
    }
    return lines;
  };

  // Legends ------------------------------------------------------------------------------------------------------------

  const swatch = (content) => `<svg width="30" height="14" viewBox="0 0 30 14" aria-hidden="true">${content}</svg>`;
  const lineSwatch = (ink, dash, width = 2.5) =>
    swatch(`<line x1="1" x2="29" y1="7" y2="7" stroke="${ink}" stroke-width="${width}"${dash ? ` stroke-dasharray="${dash}"` : ""}/>`);
  const areaSwatch = (fill, ink) => swatch(`<rect x="1" y="2" width="28" height="10" fill="${fill}" fill-opacity="0.3"/><line x1="1" x2="29" y1="2" y2="2" stroke="${ink}" stroke-width="2"/>`);
  const hatchSwatch = () => swatch(`<defs><pattern id="hatch-key" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="6" height="6" fill="#F4B9AB"/><rect width="3" height="6" fill="${GAP}"/></pattern></defs><rect x="1" y="1" width="28" height="12" fill="url(#hatch-key)"/>`);
  const setLegend = (figure, entries) => {
    const place = figure.querySelector(".legend");
    place.replaceChildren(...entries.map(([picture, name]) => {
      const entry = document.createElement("span");
      entry.innerHTML = picture;
      entry.append(name);
      return entry;
    }));
  };
  const axisLabel = (text, side) => {
    const label = document.createElement("div");
    label.className = `axis-label ${side}`;
    label.textContent = text;
    return label;
  };

  // Curves -------------------------------------------------------------------------------------------------------------

  const thinned = (ticks, scale) => {
    let end = -Infinity;
    return ticks.filter(([at, name]) => {
      const half = widthOf(name) / 2 + 5, middle = scale(at);
      if (middle - half < end) return false;
      end = middle + half;
      return true;
    });
  };
  const rounded = (axis, ticks, scale) => thinned(ticks.map((tick) => [tick, written(axis.unit, tick)]), scale).map(([tick]) => tick);
  function lines(chart, width, figure) {
    const step = chart.x.length > 1 ? chart.x[1] - chart.x[0] : 1;
    const rows = (series) => {
      const points = chart.x.map((x, i) => ({ x, y: series.y[i], low: series.low[i] ?? null, high: series.high[i] ?? null, name: series.name }));
      const last = points[points.length - 1];
      return chart.steps && last ? [...points, { ...last, x: last.x + step }] : points;
    };
    const all = chart.series.map(rows);
    const ends = [chart.x[0], chart.x[chart.x.length - 1] + (chart.steps ? step : 0)];
    const highest = d3.max(all.flat(), (d) => d3.max([d.y, d.high])) ?? 1;
    const domain = [chart.y_domain[0] ?? 0, chart.y_domain[1] ?? Math.max(highest, chart.rule?.at ?? 0) * 1.04];
    const yTicks = d3.ticks(domain[0], domain[1], 6);
    const left = Math.ceil(widest(yTicks.map((tick) => written(chart.y.unit, tick)))) + 14;
    const right = 18;
    const x = d3.scaleLinear(ends, [left, width - right]);
    const ticks = thinned(chart.ticks.filter(([at]) => at >= ends[0] && at <= ends[1]), x);
    const curve = chart.steps ? "step-after" : "linear";
    const marks = [
      Plot.gridY({ ticks: yTicks, stroke: "#d9dfe5", strokeOpacity: 1 }),
      Plot.axisY({ ticks: yTicks, tickFormat: (tick) => written(chart.y.unit, tick), label: null, fontSize: 12, tickSize: 0 }),
      Plot.axisX({ ticks: ticks.map(([at]) => at), tickFormat: (at) => ticks.find(([tick]) => tick === at)?.[1] ?? "", label: null, fontSize: 12 }),
    ];
    const legend = [];
    if (chart.gap) {
      const [need, staff] = all;
      const gap = need.map((d, i) => ({ x: d.x, y1: staff[i].y, y2: d.y === null || staff[i].y === null ? null : Math.max(d.y, staff[i].y) }));
      marks.push(
        Plot.areaY(need, { x: "x", y: "y", curve, fill: INKS[0], fillOpacity: 0.22 }),
        Plot.areaY(gap, { x: "x", y1: "y1", y2: "y2", curve, fill: `url(#hatch-${chart.id})` }),
        Plot.lineY(need, { x: "x", y: "y", curve, stroke: INKS[0], strokeWidth: 1.5 }),
        Plot.lineY(staff, { x: "x", y: "y", curve, stroke: INK, strokeWidth: 2.2, strokeDasharray: DASHES[1] }),
      );
      legend.push([areaSwatch(INKS[0], INKS[0]), chart.series[0].name], [lineSwatch(INK, DASHES[1]), chart.series[1].name], [hatchSwatch(), chart.gap]);
    } else {
      all.forEach((points, i) => {
        const ink = INKS[i % INKS.length], dash = DASHES[i % DASHES.length];
        if (points.some((d) => d.low !== null)) marks.push(Plot.areaY(points, { x: "x", y1: "low", y2: "high", curve, fill: ink, fillOpacity: 0.2 }));
        if (chart.steps && all.length === 1) marks.push(Plot.areaY(points, { x: "x", y: "y", curve, fill: ink, fillOpacity: 0.22 }));
        marks.push(Plot.lineY(points, { x: "x", y: "y", curve, stroke: ink, strokeWidth: i ? 1.8 : 2.2, strokeDasharray: dash }));
        // Where points are few each is seen.
        if (!chart.steps && points.length <= 15) marks.push(Plot.dot(points, { x: "x", y: "y", fill: ink, r: 3.5 }));
        const banded = points.some((d) => d.low !== null) || (chart.steps && all.length === 1);
        legend.push([banded ? areaSwatch(ink, ink) : lineSwatch(ink, dash), chart.series[i].name]);
      });
    }
    if (chart.rule) {
      marks.push(Plot.ruleY([chart.rule.at], { stroke: INK, strokeWidth: 1.6, strokeDasharray: "5 4" }));
      legend.push([lineSwatch(INK, "5 4", 1.6), chart.rule.name]);
    }
    marks.push(Plot.ruleY([domain[0]], { stroke: INK }));
    const tips = chart.x.map((at, i) => ({
      x: at,
      y: all[0][i].y,
      text: chart.labels[i] + "\n" + chart.series.map((series) => `${series.name}: ${series.y[i] === null ? "\u2013" : written(chart.y.unit, series.y[i])}`).join("\n"),
    })).filter((d) => d.y !== null);
    marks.push(Plot.tip(tips, Plot.pointerX({ x: "x", y: "y", title: "text" })));
    setLegend(figure, legend);
    const plot = Plot.plot({
      width, height: width < NARROW ? 260 : 320, marginLeft: left, marginRight: right, marginTop: 14, marginBottom: 30,
      x: { domain: ends }, y: { domain }, marks,
      style: { fontSize: "12px", background: "none" },
    });
    if (chart.gap) plot.insertAdjacentHTML("afterbegin", `<defs><pattern id="hatch-${chart.id}" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="6" height="6" fill="#F4B9AB"/><rect width="3" height="6" fill="${GAP}"/></pattern></defs>`);
    return [axisLabel(chart.y.label, "y"), plot, axisLabel(chart.x_label, "x")];
  }

  // Bars ---------------------------------------------------------------------------------------------------------------

  function bars(chart, width, figure) {
    const rows = chart.bars.map((bar, i) => ({ ...bar, i, end: Math.max(bar.value ?? 0, bar.high ?? 0) }));
    const names = widest(rows.map((d) => d.name), 13);
    const beside = width >= NARROW && names < width * 0.4;
    const left = beside ? Math.ceil(names) + 14 : 4;
    const right = Math.ceil(widest(rows.map((d) => d.text))) + 16;
    const most = Math.max(d3.max(rows, (d) => d.end) || 1, chart.rule?.at ?? 0);
    const height = (beside ? 30 : 46) * rows.length;
    const offset = beside ? 0 : 8;
    const inset = beside ? 6 : 15;
    const y = { domain: d3.range(rows.length), axis: null, padding: 0 };
    const known = rows.filter((d) => d.low !== null && d.high !== null);
    const scale = d3.scaleLinear([0, most], [left, width - right]);
    const xTicks = rounded(chart.x, d3.ticks(0, most, width < NARROW ? 4 : 7), scale);
    const marks = [
      Plot.gridX({ ticks: xTicks, stroke: "#d9dfe5", strokeOpacity: 1 }),
      Plot.axisX({ ticks: xTicks, tickFormat: (tick) => written(chart.x.unit, tick), label: null, fontSize: 12, tickSize: 0 }),
      Plot.barX(rows.filter((d) => d.value !== null), { x: "value", y: "i", fill: INKS[0], fillOpacity: 0.85, insetTop: inset + offset / 2, insetBottom: inset - offset }),
      Plot.ruleY(known, { y: "i", x1: "low", x2: "high", stroke: INK, strokeWidth: 1.4, dy: offset }),
      Plot.tickX(known, { y: "i", x: "low", stroke: INK, insetTop: inset + 4 + offset, insetBottom: inset + 4 - offset }),
      Plot.tickX(known, { y: "i", x: "high", stroke: INK, insetTop: inset + 4 + offset, insetBottom: inset + 4 - offset }),
      Plot.text(rows, { x: "end", y: "i", text: "text", textAnchor: "start", dx: 8, dy: offset, fontSize: 12, fill: INK }),
      beside
        ? Plot.text(rows, { x: 0, y: "i", text: "name", textAnchor: "end", dx: -8, fontSize: 13, fill: INK })
        : Plot.text(rows, { x: 0, y: "i", text: "name", textAnchor: "start", dy: -13, fontSize: 13, fill: INK }),
      Plot.ruleX([0], { stroke: INK }),
    ];
    const legend = [];
    if (chart.rule) {
      marks.push(Plot.ruleX([chart.rule.at], { stroke: INK, strokeWidth: 1.6, strokeDasharray: "5 4" }));
      legend.push([lineSwatch(INK, "5 4", 1.6), chart.rule.name]);
    }
    setLegend(figure, legend);
    const plot = Plot.plot({
      width, height: height + 34, marginLeft: left, marginRight: right, marginTop: 6, marginBottom: 28,
      x: { domain: [0, most] }, y, marks, style: { fontSize: "12px", background: "none", overflow: "visible" },
    });
    return [plot, axisLabel(chart.x.label, "x")];
  }

  // Heat maps ----------------------------------------------------------------------------------------------------------

  const below = d3.interpolateRgb(MIDDLE, BELOW), above = d3.interpolateRgb(MIDDLE, ABOVE);
  function heat(chart, width, figure) {
    const digits = chart.middle === 0 ? 1 : 0;
    const colour = (value) => {
      const far = Math.max(-1, Math.min(1, (value - chart.middle) / chart.reach));
      return far < 0 ? below(-far) : above(far);
    };
    const text = (value) => {
      const rounded = Number((100 * value).toFixed(digits));
      return (digits && rounded > 0 ? "+" : "") + form(rounded === 0 ? 0 : rounded, digits);
    };
    // On a narrow page hours go down, so that numbers stay readable.
    const turned = width < NARROW && chart.columns.length > chart.rows.length;
    const down = turned ? chart.columns : chart.rows, across = turned ? chart.rows : chart.columns;
    const at = (numbers, r, c) => (turned ? numbers[c][r] : numbers[r][c]);
    const halves = chart.half_widths.length > 0;
    const cells = down.flatMap((_, r) => across.map((_, c) => {
      const value = at(chart.values, r, c), half = halves ? at(chart.half_widths, r, c) : 0;
      // An interval that holds the middle makes neither colour right.
      return { r, c, value, half, open: halves && !(half !== null && Math.abs(value - chart.middle) > half) };
    }));
    const left = Math.ceil(widest(down)) + 12;
    const cell = Math.min((width - left - 8) / across.length, 110);
    const slanted = widest(across) > cell - 4;
    const top = slanted ? Math.ceil(widest(across)) + 14 : 24;
    const full = left + cell * across.length + 8;
    const size = Math.min(12, Math.max(8, cell / 2.6));
    const filled = cells.filter((d) => d.value !== null);
    const fits = widest(filled.map((d) => text(d.value)), size) <= cell - 1;
    const plot = Plot.plot({
      width: full, height: top + 28 * down.length + 6, marginLeft: left, marginTop: top, marginRight: 8, marginBottom: 4,
      x: { domain: d3.range(across.length), axis: null, padding: 0.04 }, y: { domain: d3.range(down.length), axis: null, padding: 0.06 },
      style: { fontSize: "12px", background: "none", overflow: "visible" },
      marks: [
        Plot.cell(filled, {
          x: "c", y: "r", fill: (d) => (d.open ? "white" : colour(d.value)), stroke: (d) => (d.open ? "#d9dfe5" : "none"),
          title: (d) => `${down[d.r]}, ${across[d.c]}: ${written("share", d.value)}${halves && d.half !== null ? ` \u00b1 ${form(100 * d.half, 1)}` : ""}`,
        }),
        Plot.cell(cells.filter((d) => d.value === null), { x: "c", y: "r", fill: "none", stroke: "#d9dfe5" }),
        fits ? Plot.text(filled, {
          x: "c", y: "r", text: (d) => text(d.value), fontSize: size,
          fill: (d) => (d.open ? "#5a6875" : Math.abs(d.value - chart.middle) > 0.55 * chart.reach ? "white" : INK),
        }) : null,
        Plot.text(d3.range(down.length), { y: (d) => d, text: (d) => down[d], frameAnchor: "left", textAnchor: "end", dx: -6, fill: INK }),
        slanted
          ? Plot.text(d3.range(across.length), { x: (d) => d, text: (d) => across[d], frameAnchor: "top", textAnchor: "start", rotate: -90, dy: -6, fill: INK })
          : Plot.text(d3.range(across.length), { x: (d) => d, text: (d) => across[d], frameAnchor: "top", dy: -9, fill: INK }),
      ],
    });
    const ramp = `<i class="ramp" style="background:linear-gradient(to right, ${BELOW}, ${MIDDLE}, ${ABOVE})"></i>`;
    setLegend(figure, [["", chart.ends[0]], [ramp, chart.ends[1]]]);
    return turned ? [plot] : [axisLabel(chart.x_label, "y"), plot];
  }

  // Spans --------------------------------------------------------------------------------------------------------------

  function spans(chart, width, figure) {
    const rows = chart.spans.map((span, i) => ({ ...span, i }));
    const names = widest(rows.map((d) => d.name), 13);
    const beside = width >= NARROW && names < width * 0.4;
    const before = Math.ceil(widest(rows.map((d) => d.from_text))) + 12;
    const left = (beside ? Math.ceil(names) + 14 : 4) + before;
    const right = Math.ceil(widest(rows.map((d) => d.to_text))) + 16;
    const ends = [...rows.flatMap((d) => [d.from, d.to]), ...(chart.rule ? [chart.rule.at] : [])];
    const room = 0.06 * (d3.max(ends) - d3.min(ends)) || 0.5;
    const domain = [d3.min(ends) - room, d3.max(ends) + room];
    const height = (beside ? 30 : 46) * rows.length, offset = beside ? 0 : 8, inset = beside ? 6 : 15;
    const scale = d3.scaleLinear(domain, [left, width - right]);
    const xTicks = rounded(chart.x, d3.ticks(...domain, width < NARROW ? 3 : 7), scale);
    const isInterval = (d) => d.value !== null;
    const known = rows.filter(isInterval), bare = rows.filter((d) => !isInterval(d));
    const haloed = { fontSize: 12, fill: INK, stroke: "white", strokeWidth: 3 };
    const marks = [
      Plot.gridX({ ticks: xTicks, stroke: "#d9dfe5", strokeOpacity: 1 }),
      Plot.axisX({ ticks: xTicks, tickFormat: (tick) => written(chart.x.unit, tick), label: null, fontSize: 12, tickSize: 0 }),
      Plot.barX(bare, { x1: "from", x2: "to", y: "i", fill: INKS[0], fillOpacity: 0.85, insetTop: inset + offset / 2, insetBottom: inset - offset }),
      Plot.ruleY(known, { y: "i", x1: "from", x2: "to", stroke: INK, strokeWidth: 1.4, dy: offset }),
      ...["from", "to"].map((end) => Plot.tickX(known, { y: "i", x: end, stroke: INK, insetTop: inset + 4 + offset, insetBottom: inset + 4 - offset })),
      Plot.dot(known, { y: "i", x: "value", fill: INKS[0], r: 5, dy: offset }),
      chart.rule ? Plot.ruleX([chart.rule.at], { stroke: INK, strokeWidth: 1.6, strokeDasharray: "5 4" }) : null,
      Plot.text(rows, { x: "from", y: "i", text: "from_text", textAnchor: "end", dx: -6, dy: offset, ...haloed }),
      Plot.text(rows, { x: "to", y: "i", text: "to_text", textAnchor: "start", dx: 8, dy: offset, ...haloed }),
      Plot.text(rows, { x: domain[0], y: "i", text: "name", textAnchor: beside ? "end" : "start", dx: beside ? -8 - before : -before, dy: beside ? 0 : -13, fontSize: 13, fill: INK }),
    ];
    setLegend(figure, chart.rule ? [[lineSwatch(INK, "5 4", 1.6), chart.rule.name]] : []);
    const plot = Plot.plot({
      width, height: height + 34, marginLeft: left, marginRight: right, marginTop: 6, marginBottom: 28,
      x: { domain }, y: { domain: d3.range(rows.length), axis: null, padding: 0 }, marks,
      style: { fontSize: "12px", background: "none", overflow: "visible" },
    });
    return [plot, axisLabel(chart.x.label, "x")];
  }

  // Points with intervals ------------------------------------------------------------------------------------------------

  const FAINT = "#8a97a3";
  function points(chart, width, figure) {
    const flat = (point, i) => ({
      ...point, i, x1: point.x[0], xm: point.x[1], x2: point.x[2], y1: point.y[0], ym: point.y[1], y2: point.y[2],
    });
    const rows = chart.points.map(flat), rest = (chart.naming.rest ?? []).map(flat), all = [...rows, ...rest];
    const isLine = chart.naming.by === "line";
    const padded = (low, high) => {
      const pad = 0.08 * (high - low || 1);
      return [low - pad, high + pad];
    };
    const level = chart.rule ? [chart.rule.at] : [];
    const xDomain = padded(d3.min(all, (d) => d.x1), d3.max(all, (d) => d.x2));
    const yDomain = padded(d3.min([...all.map((d) => d.y1), ...level]), d3.max([...all.map((d) => d.y2), ...level]));
    const yTicks = d3.ticks(...yDomain, 6);
    const left = Math.ceil(widest(yTicks.map((tick) => written(chart.y.unit, tick)))) + 14;
    const xTicks = rounded(chart.x, d3.ticks(...xDomain, width < NARROW ? 4 : 8), d3.scaleLinear(xDomain, [left, width - 18]));
    const symbols = ["circle", "square", "triangle", "diamond", "star", "wye", "cross"];
    const shapes = [d3.symbolCircle, d3.symbolSquare, d3.symbolTriangle, d3.symbolDiamond, d3.symbolStar, d3.symbolWye, d3.symbolCross];
    const ink = (d) => (isLine ? INKS[0] : INKS[d.i % INKS.length]);
    const sign = (i, fill) => swatch(`<path d="${d3.symbol(shapes[i % shapes.length], 90)()}" transform="translate(15,7)" fill="${fill}"/>`);
    const legend = isLine
      ? [[sign(0, INKS[0]), chart.naming.name], ...(rest.length ? [[sign(1, FAINT), chart.naming.rest_name]] : [])]
      : rows.map((d) => [sign(d.i, ink(d)), d.name]);
    if (chart.rule) legend.push([lineSwatch(INK, "5 4", 1.6), chart.rule.name]);
    setLegend(figure, legend);
    const crosses = (data, stroke, strokeWidth) => [
      Plot.ruleY(data, { y: "ym", x1: "x1", x2: "x2", stroke, strokeWidth }), Plot.ruleX(data, { x: "xm", y1: "y1", y2: "y2", stroke, strokeWidth }),
    ];
    const title = (d) => `${d.name}: ${written(chart.x.unit, d.xm)}, ${written(chart.y.unit, d.ym)}`;
    const plot = Plot.plot({
      width, height: width < NARROW ? 300 : 380, marginLeft: left, marginRight: 18, marginTop: 12, marginBottom: 30,
      x: { domain: xDomain }, y: { domain: yDomain }, symbol: { domain: d3.range(rows.length), range: rows.map((d) => symbols[isLine ? 0 : d.i % symbols.length]) },
      style: { fontSize: "12px", background: "none" },
      marks: [
        Plot.gridY({ ticks: yTicks, stroke: "#d9dfe5", strokeOpacity: 1 }), Plot.gridX({ ticks: xTicks, stroke: "#d9dfe5", strokeOpacity: 1 }),
        Plot.axisY({ ticks: yTicks, tickFormat: (tick) => written(chart.y.unit, tick), label: null, tickSize: 0, fontSize: 12 }),
        Plot.axisX({ ticks: xTicks, tickFormat: (tick) => written(chart.x.unit, tick), label: null, tickSize: 0, fontSize: 12 }),
        isLine ? null : [Plot.ruleX([0], { stroke: INK }), Plot.ruleY([0], { stroke: INK })],
        chart.rule ? Plot.ruleY(level, { stroke: INK, strokeWidth: 1.6, strokeDasharray: "5 4" }) : null,
        crosses(rest, FAINT, 1), Plot.dot(rest, { x: "xm", y: "ym", fill: FAINT, symbol: "square", r: 3.5, title }),
        isLine ? Plot.line(rows, { x: "xm", y: "ym", stroke: INKS[0], strokeWidth: 1.6 }) : null,
        crosses(rows, ink, 1.6), Plot.dot(rows, { x: "xm", y: "ym", fill: ink, symbol: "i", r: isLine ? 5 : 6, title }),
        isLine ? Plot.text(rows, { x: "xm", y: "ym", text: "name", dx: -9, dy: -10, textAnchor: "end", fontSize: 12, fontWeight: 600, fill: INK, stroke: "white", strokeWidth: 3 }) : null,
      ],
    });
    return [axisLabel(chart.y.label, "y"), plot, axisLabel(chart.x.label, "x")];
  }

  // Flows --------------------------------------------------------------------------------------------------------------

  function flow(chart, width, figure) {
    const narrow = width < NARROW, bar = 12, size = 12, line = 15;
    const height = (narrow ? 430 : 330) * chart.height;
    const scale = height / chart.height;
    const last = chart.columns - 1;
    // The last column has its names beside it, so that they stand in nobody's way.
    const outside = Math.min(widest(chart.nodes.filter((node) => node.column === last).flatMap((node) => [node.name, node.text]), size), narrow ? 74 : 150) + 12;
    const across = width - bar - outside;
    const room = last > 0 ? across / last : width;
    const x = (column) => (last > 0 ? column * room : 0);
    const label = Math.max(60, room - bar - 12);
    const svg = d3.create("svg").attr("width", width).attr("height", height + 24).attr("viewBox", [0, -12, width, height + 24]);
    const ink = (node) => INKS[node.column % INKS.length];
    const band = (link) => {
      const from = chart.nodes[link.from], to = chart.nodes[link.to];
      const [x0, x1] = [x(from.column) + bar, x(to.column)], middle = (x0 + x1) / 2;
      const [a, b, h] = [link.from_top * scale, link.to_top * scale, Math.max(link.height * scale, 0.75)];
      return `M${x0},${a}C${middle},${a} ${middle},${b} ${x1},${b}V${b + h}C${middle},${b + h} ${middle},${a + h} ${x0},${a + h}Z`;
    };
    svg.append("g").selectAll("path").data(chart.links).join("path")
      .attr("d", band).attr("fill", (link) => ink(chart.nodes[link.from])).attr("fill-opacity", 0.3)
      .append("title").text((link) => `${chart.nodes[link.from].name} \u2192 ${chart.nodes[link.to].name}: ${form(link.value, 1)}`);
    svg.append("g").selectAll("rect").data(chart.nodes).join("rect")
      .attr("x", (node) => x(node.column)).attr("y", (node) => node.top * scale)
      .attr("width", bar).attr("height", (node) => Math.max(node.height * scale, 1)).attr("fill", ink);
    const texts = chart.nodes.map((node) => ({ node, lines: [...wrapped(node.name, node.column === last ? outside - 10 : label, size), node.text] }));
    for (let column = 0; column <= last; column += 1) {
      let end = -Infinity;
      for (const text of texts.filter(({ node }) => node.column === column)) {
        const own = (text.node.top + text.node.height / 2) * scale - (text.lines.length * line) / 2;
        text.top = Math.max(own, end + 2);
        end = text.top + text.lines.length * line;
      }
      const over = end - (height + 10);
      if (over > 0) texts.filter(({ node }) => node.column === column).forEach((text) => { text.top = Math.max(-10, text.top - over); });
    }
    const places = svg.append("g").selectAll("text").data(texts).join("text")
      .attr("font-size", size).attr("fill", INK).attr("paint-order", "stroke").attr("stroke", "white").attr("stroke-width", 3.5).attr("stroke-linejoin", "round");
    places.selectAll("tspan").data(({ node, lines, top }) => lines.map((text, i) => ({ text, i, node, top, count: lines.length }))).join("tspan")
      .attr("x", ({ node }) => x(node.column) + bar + 6)
      .attr("y", ({ i, top }) => top + 11 + i * line)
      .attr("font-weight", ({ i, count }) => (i === count - 1 ? 600 : null))
      .text(({ text }) => text);
    setLegend(figure, []);
    return [svg.node()];
  }

  // The page -----------------------------------------------------------------------------------------------------------

  const DRAW = { lines, bars, heat, spans, points, flow };
  const charts = JSON.parse(document.getElementById("charts").textContent);
  function draw(chart, width) {
    const figure = document.getElementById(`chart-${chart.id}`);
    const place = figure.querySelector(".plot");
    const wide = width ?? Math.floor(place.clientWidth);
    if (wide > 0) place.replaceChildren(...DRAW[chart.kind](chart, wide, figure));
  }
  function drawAll(width) {
    let drawn = 0;
    for (const chart of charts) {
      try {
        draw(chart, width);
        drawn += 1;
      } catch (error) {
        errors.push(`${chart.id}: ${error}`);
        console.error(error);
      }
    }
    document.documentElement.dataset.drawn = String(drawn);
    document.documentElement.dataset.errors = String(errors.length);
  }

  function sortable(table) {
    const heads = [...table.tHead.rows[0].cells], body = table.tBodies[0];
    const key = (row, column) => {
      const cell = row.cells[column];
      if (cell.dataset.value !== undefined) return Number(cell.dataset.value);
      return cell.classList.contains("number") ? -Infinity : cell.textContent.trim();
    };
    heads.forEach((head, column) => head.firstChild.addEventListener("click", () => {
      const sign = head.getAttribute("aria-sort") === "descending" ? 1 : -1;
      const compare = (a, b) => {
        const [x, y] = [key(a, column), key(b, column)];
        return typeof x === "number" && typeof y === "number" ? sign * (x - y) || 0 : sign * -1 * String(x).localeCompare(String(y), language);
      };
      heads.forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", sign < 0 ? "descending" : "ascending");
      body.append(...[...body.rows].sort(compare));
    }));
  }

  drawAll();
  document.querySelectorAll("table").forEach(sortable);
  let seen = window.innerWidth, waiting = 0, printing = false;
  window.addEventListener("resize", () => {
    if (printing || window.innerWidth === seen) return;
    seen = window.innerWidth;
    clearTimeout(waiting);
    waiting = setTimeout(() => drawAll(), 120);
  });
  window.addEventListener("beforeprint", () => { printing = true; drawAll(PAPER); });
  window.addEventListener("afterprint", () => { printing = false; drawAll(); });
})();
