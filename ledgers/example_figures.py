# ruff: noqa: E501  (the tables below are as wide as they need to be)
"""The figures behind the example, as tables: columns stand between bars, the first row is the headings.

Published figures are from the annual review 2023-24, sections (e) and (f). All else is made up to show the
tool, adds up to what is published, and is marked illustrative. ``make_example.py`` turns these into workbooks.
"""

# --- contract.xlsx ---------------------------------------------------------------------------------------

CONTRACT_SUM = """
Contract year | Description        | Amount     | Source                                                | Basis
2023-24       | Basic contract sum | 74,475,000 | Annual review 2023-24, section (e), Financial Context | published
"""

# The review gives purpose and amount; the dates, and whether they recur, are made up (said on the Notes sheet).
VARIATIONS = """
Ref | Date agreed | Purpose                                 | Amount  | Recurrent | Paid    | Basis
V01 | 15/12/2023  | Funded salary settlement                | 509,144 | Yes       | 509,144 | published
V02 | 14/07/2023  | Market supplement and retention payment | 341,019 | Yes       | 341,019 | published
V03 | 22/09/2023  | High cost agency workers                | 600,000 | No        | 600,000 | published
"""

# The six sources and their total, 8,753,055, are published; the split and what was agreed are not.
THIRD_PARTY_INCOME = """
Source                           | Agreed    | Received     | Accrued    | Basis
ICB health contribution          | 4,180,000 | 3,958,412.37 | 623,587.63 | illustrative
Education funding for placements | 1,392,000 | 1,186,250.00 | 147,750.00 | illustrative
Supporting Families claims       |   782,000 |   641,600.00 | 112,400.00 | illustrative
DfE funding                      |   842,000 |   842,000.00 |       0.00 | illustrative
Home Office funding              |   940,000 |   869,318.52 | 166,681.48 | illustrative
Hardship funding                 |   205,055 |   205,055.00 |       0.00 | illustrative
"""

# The contract sum is paid by the month; December's instalment came after Christmas, over the end of P09.
INSTALMENTS = """
Ref  | Of           | Due        | Amount       | Paid on    | Paid
CS01 | Contract sum | 20/04/2023 | 6,206,250.00 | 24/04/2023 | 6,206,250.00
CS02 | Contract sum | 20/05/2023 | 6,206,250.00 | 23/05/2023 | 6,206,250.00
CS03 | Contract sum | 20/06/2023 | 6,206,250.00 | 22/06/2023 | 6,206,250.00
CS04 | Contract sum | 20/07/2023 | 6,206,250.00 | 24/07/2023 | 6,206,250.00
CS05 | Contract sum | 20/08/2023 | 6,206,250.00 | 23/08/2023 | 6,206,250.00
CS06 | Contract sum | 20/09/2023 | 6,206,250.00 | 22/09/2023 | 6,206,250.00
CS07 | Contract sum | 20/10/2023 | 6,206,250.00 | 24/10/2023 | 6,206,250.00
CS08 | Contract sum | 20/11/2023 | 6,206,250.00 | 22/11/2023 | 6,206,250.00
CS09 | Contract sum | 20/12/2023 | 6,206,250.00 | 05/01/2024 | 6,206,250.00
CS10 | Contract sum | 20/01/2024 | 6,206,250.00 | 23/01/2024 | 6,206,250.00
CS11 | Contract sum | 20/02/2024 | 6,206,250.00 | 22/02/2024 | 6,206,250.00
CS12 | Contract sum | 20/03/2024 | 6,206,250.00 | 22/03/2024 | 6,206,250.00
V02a | V02          | 31/08/2023 |   170,509.50 | 04/09/2023 |   170,509.50
V03a | V03          | 31/10/2023 |   300,000.00 | 03/11/2023 |   300,000.00
V03b | V03          | 30/11/2023 |   300,000.00 | 12/01/2024 |   300,000.00
V01a | V01          | 31/01/2024 |   509,144.00 | 02/02/2024 |   509,144.00
V02b | V02          | 29/02/2024 |   170,509.50 | 05/03/2024 |   170,509.50
"""

# Each source's claims, in the period they are earned in. What is received by 31 March comes to Received above, the
# rest to Accrued: some of it not claimed yet, some claimed and late, some paid short.
CLAIMS = """
Ref | Source                           | Period | Amount     | Raised     | Due        | Received on | Received
H01 | ICB health contribution          | P01    | 341,200.00 | 09/05/2023 | 08/06/2023 | 06/06/2023  | 341,200.00
H02 | ICB health contribution          | P02    | 346,850.00 | 08/06/2023 | 08/07/2023 | 11/07/2023  | 346,850.00
H03 | ICB health contribution          | P03    | 352,400.00 | 10/07/2023 | 09/08/2023 | 08/08/2023  | 352,400.00
H04 | ICB health contribution          | P04    | 359,700.00 | 08/08/2023 | 07/09/2023 | 12/09/2023  | 318,420.00
H05 | ICB health contribution          | P05    | 366,100.00 | 11/09/2023 | 11/10/2023 | 10/10/2023  | 366,100.00
H06 | ICB health contribution          | P06    | 372,950.00 | 10/10/2023 | 09/11/2023 | 15/01/2024  | 372,950.00
H07 | ICB health contribution          | P07    | 381,300.00 | 09/11/2023 | 09/12/2023 | 20/12/2023  | 318,892.37
H08 | ICB health contribution          | P08    | 388,750.00 | 08/12/2023 | 07/01/2024 | 09/01/2024  | 388,750.00
H09 | ICB health contribution          | P09    | 396,400.00 | 10/01/2024 | 09/02/2024 | 13/02/2024  | 320,400.00
H10 | ICB health contribution          | P10    | 410,600.00 | 08/02/2024 | 09/03/2024 | 08/03/2024  | 410,600.00
H11 | ICB health contribution          | P11    | 421,850.00 | 07/03/2024 | 06/04/2024 | 28/03/2024  | 421,850.00
H12 | ICB health contribution          | P12    | 443,900.00 |            |            |             |
E01 | Education funding for placements | P03    | 322,500.00 | 26/06/2023 | 26/07/2023 | 24/07/2023  | 322,500.00
E02 | Education funding for placements | P06    | 327,250.00 | 29/09/2023 | 29/10/2023 | 22/01/2024  | 327,250.00
E03 | Education funding for placements | P09    | 336,500.00 | 15/12/2023 | 14/01/2024 | 09/02/2024  | 336,500.00
E04 | Education funding for placements | P12    | 200,000.00 | 04/03/2024 | 03/04/2024 | 28/03/2024  | 200,000.00
E05 | Education funding for placements | P12    | 147,750.00 | 28/03/2024 | 27/04/2024 |             |
F01 | Supporting Families claims       | P03    | 205,600.00 | 28/06/2023 | 28/07/2023 | 18/08/2023  | 205,600.00
F02 | Supporting Families claims       | P06    | 214,400.00 | 29/09/2023 | 29/10/2023 | 06/11/2023  | 214,400.00
F03 | Supporting Families claims       | P09    | 221,600.00 | 22/12/2023 | 21/01/2024 | 31/01/2024  | 221,600.00
F04 | Supporting Families claims       | P12    | 112,400.00 |            |            |             |
D01 | DfE funding                      | P03    | 210,500.00 |            |            | 16/06/2023  | 210,500.00
D02 | DfE funding                      | P06    | 210,500.00 |            |            | 15/09/2023  | 210,500.00
D03 | DfE funding                      | P09    | 210,500.00 |            |            | 15/12/2023  | 210,500.00
D04 | DfE funding                      | P12    | 210,500.00 |            |            | 15/03/2024  | 210,500.00
N01 | Home Office funding              | P01    |  61,500.00 | 15/05/2023 | 14/06/2023 | 13/06/2023  |  61,500.00
N02 | Home Office funding              | P02    |  53,815.00 | 14/06/2023 | 14/07/2023 | 18/07/2023  |  53,815.00
N03 | Home Office funding              | P03    |  57,900.00 | 14/07/2023 | 13/08/2023 | 11/08/2023  |  57,900.00
N04 | Home Office funding              | P04    |  65,595.00 | 15/08/2023 | 14/09/2023 | 19/09/2023  |  65,595.00
N05 | Home Office funding              | P05    |  75,680.00 | 15/09/2023 | 15/10/2023 | 20/10/2023  |  62,903.52
N06 | Home Office funding              | P06    |  81,950.00 | 13/10/2023 | 12/11/2023 | 10/11/2023  |  81,950.00
N07 | Home Office funding              | P07    |  89,155.00 | 15/11/2023 | 15/12/2023 | 05/01/2024  |  89,155.00
N08 | Home Office funding              | P08    |  92,100.00 | 14/12/2023 | 13/01/2024 | 16/01/2024  |  92,100.00
N09 | Home Office funding              | P09    | 100,935.00 | 15/01/2024 | 14/02/2024 | 16/02/2024  |  80,935.00
N10 | Home Office funding              | P10    | 111,020.00 | 14/02/2024 | 15/03/2024 | 14/03/2024  | 111,020.00
N11 | Home Office funding              | P11    | 112,445.00 | 12/03/2024 | 11/04/2024 | 27/03/2024  | 112,445.00
N12 | Home Office funding              | P12    | 133,905.00 |            |            |             |
K01 | Hardship funding                 | P06    | 102,527.50 | 05/10/2023 | 04/11/2023 | 27/10/2023  | 102,527.50
K02 | Hardship funding                 | P12    | 102,527.50 | 12/03/2024 | 11/04/2024 | 27/03/2024  | 102,527.50
"""

# The rates are set so that the nights of the placement register come near what the Home Office was claimed for.
GRANTS = """
Ref | Source              | Placement type         | Per    | Rate     | Start      | End
HO1 | Home Office funding | Unaccompanied children | night  |    95.00 | 01/04/2023 |
HO2 | Home Office funding | Unaccompanied children | person | 1,250.00 | 01/04/2023 |
"""

BALANCES = """
Balance    | Description                                       | Amount     | Source                                                                       | Basis
last close | Cumulative deficit at 31 March 2023               | -6,977,292 | Annual review 2023-24, section (e), Financial Context, as the opening deficit | published
opening    | Opening deficit at 1 April 2023                   | -6,977,292 | Annual review 2023-24, section (e), Financial Context                        | published
"""

# --- budget.xlsx and expenditure.xlsx --------------------------------------------------------------------

# Each category's outturn is published; the lines beneath it are not. The budget of all lines, 83,523,732, is
# the agreed income less the surplus of 742,486 that the plan must have held (4,996,156 above the deficit).
# Saved is the part of the year's saving of 1.5m that shows as an underspend on the line.
LINES = """
Category   | Line                            | Revised budget | Outturn    | Saved
Staffing   | Social workers                  | 12,219,078     | 11,900,618 | 200,000
Staffing   | Agency social workers           |  3,300,000     |  3,514,900 |       0
Staffing   | Family support                  |  5,750,000     |  5,581,760 | 120,000
Staffing   | Managers and practice           |  6,000,000     |  5,867,400 | 110,000
Staffing   | Business support                |  4,250,000     |  4,095,680 | 140,000
Staffing   | Training and recruitment        |  1,550,000     |  1,474,600 |  50,000
Placements | Residential                     | 13,000,000     | 18,412,640 |       0
Placements | External fostering              | 15,200,000     | 14,963,520 | 220,000
Placements | Internal and connected fostering|  6,700,000     |  6,578,650 | 100,000
Placements | Supported accommodation         |  1,950,000     |  3,446,310 |       0
Placements | Unaccompanied children          |    880,000     |    944,210 |       0
Placements | Secure and parent and child     |  1,000,000     |    902,520 |  80,000
Placements | Special guardianship and adoption| 2,464,634     |  2,375,980 |  80,000
Placements | Leaving care                    |  1,000,000     |    941,500 |  50,000
Overheads  | Premises                        |  1,620,000     |  1,515,700 |  90,000
Overheads  | Transport                       |  1,250,000     |  1,537,600 |       0
Overheads  | ICT and support services        |  2,890,000     |  2,693,180 | 130,000
Overheads  | Legal and professional          |  1,760,000     |  1,545,400 |  90,000
Overheads  | Insurance and other             |    740,020     |    639,720 |  40,000
"""

# How a line's money falls over its cost centres and accounts, in parts of its budget and of its outturn.
# Payee: who is paid, and how many of them there are; Lines: how many postings a month.
CODINGS = """
Line                              | Cost centre | Account | For                              | Budget | Outturn | Payee                     | Payees | Lines
Social workers                    | S1010 | 5010 | Salaries, localities north              | 29 | 28 | Payroll                         |  1 |  2
Social workers                    | S1010 | 5015 | Employer on-costs, localities north     |  8 |  8 | Payroll                         |  1 |  1
Social workers                    | S1020 | 5010 | Salaries, localities south              | 27 | 28 | Payroll                         |  1 |  2
Social workers                    | S1020 | 5015 | Employer on-costs, localities south     |  8 |  8 | Payroll                         |  1 |  1
Social workers                    | S1030 | 5010 | Salaries, children we care for          | 19 | 19 | Payroll                         |  1 |  2
Social workers                    | S1030 | 5015 | Employer on-costs, children we care for |  6 |  6 | Payroll                         |  1 |  1
Social workers                    | S1040 | 5018 | Market supplement and retention         |  3 |  3 | Payroll                         |  1 |  1
Agency social workers             | S1010 | 5110 | Agency social workers                   | 34 | 35 | Staffing agency                 |  6 |  4
Agency social workers             | S1020 | 5110 | Agency social workers                   | 30 | 30 | Staffing agency                 |  6 |  4
Agency social workers             | S1030 | 5110 | Agency social workers                   | 18 | 18 | Staffing agency                 |  5 |  4
Agency social workers             | S1040 | 5115 | High cost agency project team           | 18 | 17 | Staffing agency                 |  2 |  2
Family support                    | S2010 | 5010 | Salaries, family support                | 44 | 44 | Payroll                         |  1 |  1
Family support                    | S2010 | 5015 | Employer on-costs, family support       | 12 | 12 | Payroll                         |  1 |  1
Family support                    | S2020 | 5010 | Salaries, edge of care                  | 34 | 34 | Payroll                         |  1 |  1
Family support                    | S2020 | 5015 | Employer on-costs, edge of care         | 10 | 10 | Payroll                         |  1 |  1
Managers and practice             | S3010 | 5010 | Salaries, team and service managers     | 49 | 49 | Payroll                         |  1 |  1
Managers and practice             | S3010 | 5015 | Employer on-costs, managers             | 14 | 14 | Payroll                         |  1 |  1
Managers and practice             | S3020 | 5010 | Salaries, practice and reviewing        | 29 | 29 | Payroll                         |  1 |  1
Managers and practice             | S3020 | 5015 | Employer on-costs, practice             |  8 |  8 | Payroll                         |  1 |  1
Business support                  | S4010 | 5010 | Salaries, business support              | 58 | 58 | Payroll                         |  1 |  1
Business support                  | S4010 | 5015 | Employer on-costs, business support     | 16 | 16 | Payroll                         |  1 |  1
Business support                  | S4020 | 5010 | Salaries, performance and finance       | 26 | 26 | Payroll                         |  1 |  1
Training and recruitment          | S5010 | 5210 | Training                                | 34 | 33 | Training provider               | 14 |  4
Training and recruitment          | S5010 | 5220 | Recruitment                             | 24 | 25 | Recruitment supplier            |  6 |  3
Training and recruitment          | S5020 | 5230 | Social work academy                     | 42 | 42 | University and academy supplier |  4 |  2
Residential                       | P1010 | 6010 | Residential fees, in region             | 50 | 47 | Residential provider            | 18 | 24
Residential                       | P1010 | 6015 | One-to-one support, in region           |  8 |  9 | Residential provider            | 12 |  7
Residential                       | P1020 | 6010 | Residential fees, out of region         | 36 | 37 | Residential provider            | 14 | 17
Residential                       | P1020 | 6015 | One-to-one support, out of region       |  6 |  7 | Residential provider            |  9 |  5
External fostering                | P2010 | 6110 | Fostering agency fees, framework        | 64 | 63 | Fostering agency                | 16 | 16
External fostering                | P2020 | 6110 | Fostering agency fees, spot             | 30 | 31 | Fostering agency                | 11 | 11
External fostering                | P2020 | 6115 | Enhanced fostering support              |  6 |  6 | Fostering agency                |  8 |  4
Internal and connected fostering  | P2510 | 6120 | Foster carer allowances                 | 47 | 46 | Foster carer payments run       |  1 |  4
Internal and connected fostering  | P2510 | 6125 | Foster carer fees                       | 19 | 19 | Foster carer payments run       |  1 |  4
Internal and connected fostering  | P2520 | 6120 | Connected carer allowances              | 34 | 35 | Connected carer payments run    |  1 |  4
Supported accommodation           | P3010 | 6210 | Supported accommodation, 16 and 17      | 52 | 56 | Supported accommodation provider| 12 | 11
Supported accommodation           | P3010 | 6215 | Support hours, 16 and 17                | 14 | 13 | Supported accommodation provider|  9 |  5
Supported accommodation           | P3020 | 6210 | Supported accommodation, 18 and over    | 34 | 31 | Supported accommodation provider| 10 |  7
Unaccompanied children            | P3510 | 6210 | Accommodation, unaccompanied children   | 72 | 73 | Supported accommodation provider|  7 |  5
Unaccompanied children            | P3510 | 6220 | Interpreting and legal, unaccompanied   | 28 | 27 | Interpreting supplier           |  4 |  3
Secure and parent and child       | P4010 | 6310 | Secure placements                       | 55 | 52 | Secure unit                     |  3 |  2
Secure and parent and child       | P4020 | 6320 | Parent and child placements             | 45 | 48 | Parent and child provider       |  5 |  3
Special guardianship and adoption | P5010 | 6410 | Special guardianship allowances         | 66 | 67 | Guardian payments run           |  1 |  4
Special guardianship and adoption | P5010 | 6415 | Child arrangements allowances           | 14 | 13 | Guardian payments run           |  1 |  2
Special guardianship and adoption | P5020 | 6420 | Adoption agency and allowances          | 20 | 20 | Adoption agency                 |  4 |  2
Leaving care                      | P6010 | 6510 | Leaving care allowances                 | 45 | 45 | Leaving care payments run       |  1 |  4
Leaving care                      | P6010 | 6520 | Leaving care accommodation              | 55 | 55 | Housing provider                | 10 |  5
Premises                          | O1010 | 7010 | Rent and service charge                 | 58 | 60 | Landlord                        |  3 |  1
Premises                          | O1010 | 7020 | Gas, electricity and water              | 24 | 22 | Utility company                 |  4 |  3
Premises                          | O1010 | 7030 | Cleaning and repairs                    | 18 | 18 | Premises contractor             |  8 |  4
Transport                         | O2010 | 7110 | Children's transport contracts          | 48 | 47 | Transport operator              |  9 |  6
Transport                         | O2010 | 7120 | High cost routes and escorts            | 34 | 39 | Transport operator              |  7 |  6
Transport                         | O2020 | 7130 | Staff mileage                           | 18 | 14 | Payroll                         |  1 |  1
ICT and support services          | O3010 | 7210 | Council support services agreement      | 62 | 64 | Council                         |  1 |  1
ICT and support services          | O3010 | 7220 | Licences and devices                    | 22 | 20 | ICT supplier                    |  9 |  4
ICT and support services          | O3020 | 7230 | Payroll and personnel services          | 16 | 16 | Support services supplier       |  3 |  1
Legal and professional            | O4010 | 7310 | Legal services agreement                | 52 | 55 | Council                         |  1 |  1
Legal and professional            | O4010 | 7320 | Court fees and counsel                  | 30 | 28 | Chambers                        | 11 |  6
Legal and professional            | O4020 | 7330 | Expert assessments                      | 18 | 17 | Expert assessor                 | 13 |  4
Insurance and other               | O5010 | 7410 | Insurance                               | 60 | 59 | Insurer                         |  2 |  1
Insurance and other               | O5020 | 7490 | Other running costs                     | 40 | 41 | General supplier                | 15 |  5
"""

# A month's part of the year where it is not a twelfth, P01 to P12, by line or by what the money is for.
# Residential, supported accommodation and unaccompanied children follow the demand below instead.
# November's pay holds the settlement's arrears.
MONTHLY_PARTS = """
For                        | P01 | P02 | P03 | P04 | P05 | P06 | P07 | P08 | P09 | P10 | P11 | P12
Social workers             |  93 |  94 |  95 |  95 |  96 |  98 | 100 | 132 | 104 | 104 | 104 | 105
Family support             |  96 |  96 |  96 |  97 |  97 |  97 |  97 | 130 | 101 | 101 | 101 | 101
Managers and practice      |  96 |  96 |  96 |  97 |  97 |  97 |  97 | 130 | 101 | 101 | 101 | 101
Business support           |  96 |  96 |  96 |  97 |  97 |  97 |  97 | 130 | 101 | 101 | 101 | 101
Agency social workers      |  88 |  94 | 104 | 108 | 105 | 102 | 103 |  99 | 101 |  99 | 100 | 107
External fostering         | 100 | 103 | 101 | 102 | 103 | 100 | 101 |  98 | 100 |  98 |  96 | 101
Transport                  |  82 |  97 |  98 |  92 |  61 | 106 | 112 | 114 |  98 | 112 | 112 | 118
Gas, electricity and water | 130 |  96 |  78 |  70 |  68 |  74 |  92 | 112 | 126 | 132 | 126 | 118
"""

# Pairs: the amount leaves one cost centre and account and goes to another.
VIREMENTS = """
Ref  | Date       | From       | To         | Amount  | Reason                                                     | Approved by
VR01 | 12/05/2023 | S1010 5010 | S1010 5110 | 240,000 | Vacant posts covered by agency workers, quarter 1          | Director of Resources
VR02 | 09/06/2023 | S4010 5010 | S5020 5230 | 95,000  | Social work academy, second cohort                         | Director of Resources
VR03 | 14/07/2023 | S1030 5010 | S1040 5018 | 60,000  | Retention payments agreed in July                          | Director of Resources
VR04 | 18/08/2023 | P2010 6110 | P2510 6120 | 180,000 | Children moved from agency to in-house carers              | Director of Operations
VR05 | 15/09/2023 | O5020 7490 | O2010 7120 | 70,000  | High cost routes from September                            | Director of Resources
VR06 | 13/10/2023 | P4010 6310 | P3510 6210 | 110,000 | National transfer scheme arrivals                          | Director of Operations
VR07 | 10/11/2023 | O4020 7330 | O4010 7320 | 45,000  | More hearings, fewer outside assessments                   | Director of Resources
VR08 | 12/01/2024 | S3020 5010 | S2020 5010 | 85,000  | Edge of care posts moved to family support                 | Director of Operations
"""

# Accruals add to the year (P12, undone in April), prepayments take from it, reversals undo last year's in P01.
ACCRUALS = """
Ref  | Type       | Coding     | Description                                    | Amount
A01  | accrual    | P1010 6010 | Residential fees, March invoices not received  |  286,412.50
A02  | accrual    | P1010 6015 | One-to-one support, March                      |   48,215.75
A03  | accrual    | P1020 6010 | Residential fees, March invoices not received  |  214,806.20
A04  | accrual    | P1020 6015 | One-to-one support, March                      |   31,940.00
A05  | accrual    | P2010 6110 | Fostering agency fees, last week of March      |  168,330.40
A06  | accrual    | P2020 6110 | Fostering agency fees, last week of March      |   84,117.65
A07  | accrual    | P3010 6210 | Supported accommodation, March                 |   72,550.00
A08  | accrual    | P3010 6215 | Support hours, March timesheets                |   18,642.30
A09  | accrual    | P3020 6210 | Supported accommodation, March                 |   41,085.00
A10  | accrual    | P3510 6210 | Accommodation of arrivals in March             |   23,760.00
A11  | accrual    | P3510 6220 | Interpreting, quarter 4                        |    9,418.60
A12  | accrual    | P4020 6320 | Parent and child assessment ending in March    |   14,875.00
A13  | accrual    | P5020 6420 | Adoption agency fee, match in March            |   21,000.00
A14  | accrual    | P6010 6520 | Leaving care rents, March                      |   16,204.45
A15  | accrual    | S1010 5110 | Agency timesheets to 31 March                  |   38,920.80
A16  | accrual    | S1020 5110 | Agency timesheets to 31 March                  |   33,145.25
A17  | accrual    | S1030 5110 | Agency timesheets to 31 March                  |   19,876.10
A18  | accrual    | S5010 5210 | Training delivered in March                    |   11,450.00
A19  | accrual    | O1010 7020 | Gas and electricity, quarter 4 estimate        |   22,380.00
A20  | accrual    | O1010 7030 | Repairs done in March                          |    8,265.90
A21  | accrual    | O2010 7110 | Transport contracts, second half of March      |   27,714.60
A22  | accrual    | O2010 7120 | High cost routes, March                        |   34,502.35
A23  | accrual    | O4010 7320 | Counsel's fees, hearings in March              |   19,600.00
A24  | accrual    | O4020 7330 | Expert reports filed in March                  |   12,340.00
A25  | accrual    | O5020 7490 | Running costs, invoices not received           |    7,118.45
PP01 | prepayment | O1010 7010 | Rent paid to June 2024                         |  -41,250.00
PP02 | prepayment | O3010 7220 | Licences paid for 2024/25                      |  -63,480.00
PP03 | prepayment | O5010 7410 | Insurance premium paid to September 2024       |  -18,900.00
PP04 | prepayment | O3020 7230 | Payroll service, quarter 1 of 2024/25          |  -12,600.00
PP05 | prepayment | S5020 5230 | Academy places, summer term                    |  -24,000.00
PP06 | prepayment | P2010 6110 | Block places paid for April                    |  -36,725.00
PP07 | prepayment | P1020 6010 | Residential fees paid for April                |  -52,316.80
PP08 | prepayment | O2010 7110 | Transport passes for the summer term           |   -6,430.00
R01  | reversal   | P1010 6010 | Last year's accrual: residential fees          | -171,640.30
R02  | reversal   | P1020 6010 | Last year's accrual: residential fees          | -118,275.00
R03  | reversal   | P1020 6015 | Last year's accrual: one-to-one support        |  -12,880.00
R04  | reversal   | P2010 6110 | Last year's accrual: fostering agency fees     | -142,906.55
R05  | reversal   | P2020 6110 | Last year's accrual: fostering agency fees     |  -61,384.10
R06  | reversal   | P3010 6210 | Last year's accrual: supported accommodation   |  -27,315.00
R07  | reversal   | P3020 6210 | Last year's accrual: supported accommodation   |  -14,190.00
R08  | reversal   | P6010 6520 | Last year's accrual: leaving care rents        |  -13,077.25
R09  | reversal   | S1010 5110 | Last year's accrual: agency timesheets         |  -29,518.40
R10  | reversal   | S1020 5110 | Last year's accrual: agency timesheets         |  -24,730.90
R11  | reversal   | O1010 7020 | Last year's accrual: gas and electricity       |  -19,465.00
R12  | reversal   | O2010 7110 | Last year's accrual: transport contracts       |  -21,340.70
R13  | reversal   | O2010 7120 | Last year's accrual: high cost routes          |  -16,208.15
R14  | reversal   | O4010 7320 | Last year's accrual: counsel's fees            |  -15,850.00
R15  | reversal   | O5020 7490 | Last year's accrual: running costs             |   -5,926.60
"""

# --- plan.xlsx -------------------------------------------------------------------------------------------

# Per cent on the year before: 3.5 is 3.5 per cent. Growth is in volume, inflation in price.
RATES = """
Line                             | Kind      | 2024-25 | 2025-26 | 2026-27 | Quality | Source
third_party_income               | inflation |  2.0 |  2.0 |  2.0 | C | Judgement: claims and contributions keep pace with prices
Staffing                         | inflation |  3.5 |  3.0 |  2.5 | C | Judgement: national pay offer, then easing
Agency social workers            | inflation |  2.0 |  2.0 |  2.0 | C | Judgement: regional agency price cap
Agency social workers            | growth    | -8.0 | -6.0 | -4.0 | B | Own workforce forecast: the academy's cohorts take up posts
Placements                       | inflation |  3.0 |  2.5 |  2.5 | C | Judgement: general price rises
Residential                      | inflation |  4.0 |  3.5 |  3.0 | C | Judgement: market remains short of places
Residential                      | growth    |  0.0 |  1.0 |  1.0 | D | Placeholder until the demand forecast is agreed
External fostering               | inflation |  3.0 |  3.0 |  2.5 | B | Framework uplift
External fostering               | growth    | -2.0 | -1.0 | -1.0 | B | Own counts: 316 to 300 over the year
Internal and connected fostering | inflation |  3.5 |  3.0 |  2.5 | B | National minimum allowance
Internal and connected fostering | growth    | -1.0 |  0.0 |  0.5 | B | Own counts: 288 to 285 over the year
Supported accommodation          | inflation |  3.0 |  3.0 |  2.5 | C | Judgement: cost of registration passed on
Supported accommodation          | growth    |  4.0 |  2.0 |  2.0 | D | Placeholder until the demand forecast is agreed
Unaccompanied children           | inflation |  2.0 |  2.0 |  2.0 | C | Judgement: general price rises
Unaccompanied children           | growth    |  5.0 |  3.0 |  2.0 | D | Placeholder: the national transfer scheme sets it
Secure and parent and child      | growth    |  0.0 |  0.0 |  0.0 | C | Judgement: numbers too small to trend
Special guardianship and adoption| growth    |  2.0 |  2.0 |  1.0 | B | Own exit from care project
Leaving care                     | growth    |  3.0 |  2.0 |  2.0 | B | Own counts of children turning 18
Overheads                        | inflation |  3.0 |  2.5 |  2.0 | C | Judgement: general price rises
Transport                        | inflation |  4.0 |  3.0 |  2.5 | C | Judgement: fuel and drivers' pay
"""

CONTRACT_SUM_PLAN = """
Line         | Contract year | Kind      | Value      | Unit | Source                                           | Quality | Owner                 | Set on     | Basis
contract_sum | 2024-25       | sum       | 80,800,000 | £    | Annual review 2023-24, section (e), Contract Sum | A       | Director of Resources | 12/03/2024 | published
contract_sum | 2025-26       | inflation | 2.5        | %    | Judgement: no settlement beyond 2024/25          | C       | Director of Resources | 14/05/2024 | illustrative
contract_sum | 2026-27       | inflation | 2.5        | %    | Judgement: no settlement beyond 2024/25          | C       | Director of Resources | 14/05/2024 | illustrative
"""

# What makes the planned position of 2024/25 exactly nil, the aim that section (e) states: the gap that the
# rates, the other pressures and the investments leave once the year's savings of 2.5m are made.
CONTINGENCY = "118,838"

PRESSURES = f"""
Ref  | Line                    | Description                                       | Start      | Recurrent or one-off | Full-year amount | Source
PR01 | Supported accommodation | Full-year effect of placements made in 2023/24    | 01/04/2024 | recurrent | 130,000 | Own counts at 31 March 2024
PR02 | Transport               | Full-year effect of high cost routes              | 01/04/2024 | recurrent |  40,000 | Route list at 31 March 2024
PR03 | External fostering      | National living wage in agency fees               | 01/04/2024 | recurrent |  96,000 | Framework notice
PR04 | Managers and practice   | Inspection readiness team                         | 01/06/2024 | one-off   |  45,000 | Improvement plan
PR05 | Unaccompanied children  | National transfer scheme, higher share            | 01/10/2024 | recurrent |  72,000 | Scheme letter
PR06 | Residential             | Demand contingency                                | 01/04/2024 | recurrent | {CONTINGENCY} | Set so that the year breaks even
"""

SAVINGS_2023_24 = """
Ref    | Scheme                                          | Priority                       | Owner                  | Line                              | Full-year amount
S23-01 | Vacancy control                                 | People                         | Director of Operations | Social workers                    | 200,000
S23-02 | Single family support team                      | Partnerships – Families First  | Director of Operations | Family support                    | 120,000
S23-03 | Fewer layers of management                      | People                         | Director of Operations | Managers and practice             | 110,000
S23-04 | Business support restructure                    | Striving for Excellence        | Director of Resources  | Business support                  | 140,000
S23-05 | Own trainers in place of bought courses         | People                         | Head of Academy        | Training and recruitment          |  50,000
S23-06 | Framework rates for agency fostering            | Integrated Approach to Care    | Head of Commissioning  | External fostering                | 220,000
S23-07 | Allowances checked against placements           | Practice                       | Head of Fostering      | Internal and connected fostering  | 100,000
S23-08 | Community assessments for parents               | Practice                       | Head of Commissioning  | Secure and parent and child       |  80,000
S23-09 | Allowance reviews on time                       | Practice                       | Head of Permanence     | Special guardianship and adoption |  80,000
S23-10 | Housing benefit claimed for care leavers        | Partnerships – Families First  | Head of Leaving Care   | Leaving care                      |  50,000
S23-11 | One office given up                             | Striving for Excellence        | Director of Resources  | Premises                          |  90,000
S23-12 | Support services agreement renegotiated         | Striving for Excellence        | Director of Resources  | ICT and support services          | 130,000
S23-13 | Fewer outside experts                           | Practice                       | Head of Legal          | Legal and professional            |  90,000
S23-14 | Insurance retendered                            | Striving for Excellence        | Director of Resources  | Insurance and other               |  40,000
"""

# What falls in 2024/25 comes to 2,500,000: a recurrent scheme saves a twelfth for each month from its start, less over
# its ramp; a one-off its whole amount. A blank confidence takes the figure that breakeven.toml has for the status.
SAVINGS_2024_25 = """
Ref    | Scheme                                        | Priority                       | Owner                  | Line                        | Recurrent or one-off | Start | Full-year amount | Delivered | Forecast | Status | Confidence % | Notes | Planned start | Ramp months
S24-01 | Agency posts filled by permanent staff        | People                         | Director of Operations | Agency social workers       | recurrent | 01/07/2024 | 480,000 |         | 360,000 | on track  |    | Academy cohort qualifies in June | |
S24-02 | Spans of control reviewed                     | People                         | Director of Operations | Managers and practice       | recurrent | 01/09/2024 | 180,000 |         |  90,000 | planned   |    | Posts go one by one after the summer's consultation | 01/09/2024 | 3
S24-03 | Edge of care team keeps families together     | Practice                       | Head of Family Support | Residential                 | recurrent | 01/06/2024 | 504,000 |         | 315,000 | at risk   |    | Two of five posts filled | |
S24-04 | Timely special guardianship                   | Practice                       | Head of Permanence     | External fostering          | recurrent | 01/05/2024 | 240,000 |         | 220,000 | on track  |    | | |
S24-05 | Pre-proceedings work lowers legal cost        | Practice                       | Head of Legal          | Legal and professional      | recurrent | 01/04/2024 | 120,000 |         | 120,000 | on track  | 80 | Depends on the court's listing | |
S24-06 | Family hubs shared with partners              | Partnerships – Families First  | Director of Resources  | Premises                    | recurrent | 01/09/2024 | 132,000 |         |  77,000 | planned   |    | | |
S24-07 | Family help replaces a bought service         | Partnerships – Families First  | Head of Family Support | Family support              | recurrent | 01/04/2024 | 140,000 | 140,000 | 140,000 | delivered |    | Contract ended 31 March 2024 | |
S24-08 | Complex placements funded at a joint panel    | Partnerships – Families First  | Head of Commissioning  | Residential                 | recurrent | 01/04/2024 | 300,000 |  25,000 | 240,000 | at risk   | 50 | Terms with health not yet signed | |
S24-09 | Step down from residential to fostering       | Integrated Approach to Care    | Head of Commissioning  | Residential                 | recurrent | 01/08/2024 | 432,000 |         | 216,000 | at risk   |    | Same children as S24-03 in part; two months behind | 01/06/2024 |
S24-10 | Own foster carers recruited                   | Integrated Approach to Care    | Head of Fostering      | External fostering          | recurrent | 01/10/2024 | 192,000 |         |  64,000 | idea      |    | Five approvals in 2023/24 | |
S24-11 | Supported accommodation block contract        | Integrated Approach to Care    | Head of Commissioning  | Supported accommodation     | recurrent | 01/07/2024 | 240,000 |         | 180,000 | planned   |    | | |
S24-12 | Transport routes reviewed, travel training    | Striving for Excellence        | Director of Resources  | Transport                   | recurrent | 01/09/2024 |  96,000 |         |  56,000 | planned   |    | | |
S24-13 | Digital case recording frees support hours    | Striving for Excellence        | Director of Resources  | Business support            | recurrent | 01/11/2024 | 120,000 |         |  30,000 | idea      |    | Follows investment I03, which is late | 01/09/2024 |
S24-14 | Licence credit on renewal                     | Striving for Excellence        | Director of Resources  | ICT and support services    | one-off   | 01/04/2024 |  63,000 |  63,000 |  63,000 | delivered |    | | |
S24-15 | Insurance provision released                  | Striving for Excellence        | Director of Resources  | Insurance and other         | one-off   | 01/09/2024 |  40,000 |         |  40,000 | planned   |    | After the actuary's review | |
"""

# What is shown to have been delivered by the time of the folder, as Delivered above has it.
DELIVERIES = """
Saving | Contract year | Amount  | Evidence                                    | Author                 | Date
S24-07 | 2024-25       | 140,000 | Notice of the contract's end, 31 March 2024 | Head of Family Support | 03/04/2024
S24-14 | 2024-25       |  63,000 | Credit note of the supplier                 | Director of Resources  | 15/04/2024
S24-08 | 2024-25       |  25,000 | Joint panel minute, two placements shared   | Head of Commissioning  | 31/05/2024
"""

INVESTMENTS = """
Ref | Line                     | Description                       | Start      | Recurrent or one-off | Full-year amount | For saving
I01 | Family support           | Edge of care team, first year     | 01/04/2024 | one-off | 120,000 | S24-03
I02 | Training and recruitment | Foster carer recruitment campaign | 01/06/2024 | one-off |  60,000 | S24-10
I03 | ICT and support services | Digital case recording, set-up    | 01/08/2024 | one-off |  45,000 | S24-13
"""

# What the plan looks like if things go well, as is likeliest, or badly: overlays on it, each from a year and period on.
SCENARIOS = """
Scenario | Line                   | What      | How      | Value | Unit   | From year | From period | To year | Why
best     | Residential            | number    | add      |    -3 | number | 2024-25   | P04         |         | Step down to fostering a quarter early
best     | prices                 | inflation | add      |  -0.5 | %      | 2025-26   |             |         | General inflation back at 2 per cent
best     | contract_sum           | inflation | add      |   0.5 | %      | 2025-26   |             |         | Settlement follows the national living wage
central  | savings                | delivery  | set      |    85 | %      | 2024-25   |             |         | As delivered over the last three programmes
central  | Residential            | number    | add      |     1 | number | 2024-25   | P07         |         | One placement more than planned from October
worst    | savings                | delivery  | set      |    60 | %      | 2024-25   |             |         | Four schemes in ten fail
worst    | Residential            | number    | add      |     5 | number | 2024-25   | P04         |         | The rise of 2023/24 goes on at half its pace
worst    | pay                    | inflation | add      |     1 | %      | 2024-25   |             |         | Pay award a point above the assumption
worst    | Agency social workers  | amount    | multiply |   1.1 | times  | 2025-26   |             | 2026-27 | Agency rates after the regional cap ends
worst    | contract_sum           | inflation | add      |  -0.5 | %      | 2025-26   |             |         | Settlement below prices
"""

# What may turn out otherwise, for the simulation. Points of a rate around the plan's; a number by a factor on it.
UNCERTAINTY = """
Ref | Line                    | What      | How      | Distribution | Low  | Likely | High | SD   | Cases                       | Drawn     | By chance | Why
U01 | pay                     | inflation | add      | normal       |      |      0 |      | 0.75 |                             | once      |           | Pay offers were within a point and a half of the assumption in five of six years
U02 | prices                  | inflation | add      | triangular   | -1   |    0.5 |    2 |      |                             | once      |           | Forecasters' range, leaning upwards
U03 | contract_sum            | inflation | add      | discrete     |      |        |      |      | -1: 2; 0: 5; 1: 2           | once      |           | A settlement a point either way
U04 | Residential             | number    | multiply | lognormal    |      |      1 |      | 0.08 |                             | once      | yes       | Back-cast of the last three years' plans
U05 | Supported accommodation | number    | multiply | uniform      | 0.95 |        | 1.15 |      |                             | each year | yes       | Judgement: more sixteen-year-olds than planned
U06 | Agency social workers   | growth    | add      | pert         | -3   |      2 |   12 |      |                             | each year |           | Academy cohorts may leave late
U07 | Transport               | inflation | add      | history      |      |        |      |      | -1.5; -0.5; 0.5; 1.0; 4.5   | each year |           | Fuel and fares against assumption, 2019/20 to 2023/24
"""

CORRELATIONS = """
One | Other | Correlation | Why
U01 | U02   | 0.5         | Pay follows prices
U01 | U03   | 0.4         | Settlements follow pay in part
"""

# --- demand.xlsx -----------------------------------------------------------------------------------------

# Number at the month's end, and average gross cost a week in pounds. Published: residential in March of each
# year (section (e)), both kinds of fostering (section (f)), unaccompanied children in April 2023 and March
# 2024 (section (f)). No weekly cost is published, only that residential's rose by 17.6 per cent.
PLACEMENTS = """
Month end  | Residential | a week   | External fostering | a week | Internal and connected fostering | a week | Supported accommodation | a week   | Unaccompanied children | a week
31/03/2023 |          49 | 5,250.00 |                316 | 896.00 |                              288 | 412.00 |                      40 | 1,050.00 |                     15 | 630.00
30/04/2023 |          51 | 5,490.00 |                313 | 918.00 |                              290 | 424.00 |                      43 | 1,085.00 |                     15 | 634.00
31/05/2023 |          53 | 5,545.00 |                314 | 921.00 |                              293 | 424.50 |                      46 | 1,092.00 |                     17 | 637.00
30/06/2023 |          55 | 5,600.00 |                313 | 924.00 |                              294 | 425.00 |                      49 | 1,099.00 |                     19 | 640.00
31/07/2023 |          57 | 5,660.00 |                312 | 926.00 |                              295 | 426.00 |                      52 | 1,106.00 |                     21 | 643.00
31/08/2023 |          59 | 5,720.00 |                314 | 928.00 |                              290 | 427.00 |                      55 | 1,113.00 |                     24 | 646.00
30/09/2023 |          60 | 5,785.00 |                308 | 931.00 |                              295 | 428.00 |                      58 | 1,120.00 |                     27 | 649.00
31/10/2023 |          61 | 5,850.00 |                306 | 933.00 |                              291 | 429.00 |                      61 | 1,127.00 |                     29 | 652.00
30/11/2023 |          63 | 5,915.00 |                304 | 936.00 |                              304 | 430.00 |                      63 | 1,134.00 |                     31 | 655.00
31/12/2023 |          64 | 5,980.00 |                302 | 938.00 |                              299 | 431.00 |                      66 | 1,141.00 |                     33 | 658.00
31/01/2024 |          66 | 6,045.00 |                296 | 940.00 |                              296 | 432.00 |                      68 | 1,148.00 |                     36 | 661.00
29/02/2024 |          67 | 6,110.00 |                307 | 942.00 |                              293 | 433.00 |                      70 | 1,155.00 |                     39 | 664.00
31/03/2024 |          68 | 6,174.00 |                300 | 944.00 |                              285 | 434.00 |                      72 | 1,162.00 |                     42 | 668.00
"""

# Full-time equivalent case-holding social workers: section (f), 3.1.1 Workforce. ASYE are among the permanent.
WORKFORCE = """
Month      | Establishment | Permanent | ASYE | Agency | In post | Not ASYE | Not ASYE % | ASYE % | Agency % | Basis
31/03/2023 | 203 | 116.54 | 38.6 | 33   | 149.54 | 77.94 | 52.12 | 25.81 | 22.07 | published
30/04/2023 | 203 | 116.54 | 34.6 | 28   | 144.54 | 81.94 | 56.69 | 23.94 | 19.37 | published
31/05/2023 | 203 | 118.14 | 34.6 | 31   | 149.14 | 83.54 | 56.01 | 23.20 | 20.79 | published
30/06/2023 | 203 | 120.94 | 36.4 | 36   | 156.94 | 84.54 | 53.87 | 23.19 | 22.94 | published
31/07/2023 | 187 | 122.94 | 37.4 | 35.2 | 158.14 | 85.54 | 54.09 | 23.65 | 22.26 | published
31/08/2023 | 187 | 125.44 | 39.4 | 34.2 | 159.64 | 86.04 | 53.90 | 24.68 | 21.42 | published
30/09/2023 | 187 | 135.64 | 49.4 | 34.8 | 170.44 | 86.24 | 50.60 | 28.98 | 20.42 | published
31/10/2023 | 187 | 143.64 | 54.4 | 32.8 | 176.44 | 89.24 | 50.58 | 30.83 | 18.59 | published
30/11/2023 | 187 | 144.64 | 55.4 | 35   | 179.64 | 89.24 | 49.68 | 30.84 | 19.48 | published
31/12/2023 | 187 | 141.64 | 49.4 | 33.4 | 175.04 | 92.24 | 52.70 | 28.22 | 19.08 | published
31/01/2024 | 187 | 139.24 | 42.4 | 35.4 | 174.64 | 96.84 | 55.45 | 24.28 | 20.27 | published
29/02/2024 | 187 | 141.24 | 43.4 | 32.4 | 173.64 | 97.84 | 56.35 | 24.99 | 18.66 | published
31/03/2024 | 187 | 140.24 | 44.4 | 33.4 | 173.64 | 95.84 | 55.19 | 25.57 | 19.24 | published
"""

# What a full-time post costs a year, made up: the review prints no pay. Agency is what an agency charges.
POST_COSTS = """
Role      | Line                  | Pay     | On-costs %
permanent | Social workers        |  47,800 | 31
ASYE      | Social workers        |  36,100 | 31
agency    | Agency social workers | 103,000 |
"""

# Children on 31 March 2024 (section (f), Breakdown of children: assessment, in need, child protection; in care) and the
# average caseloads of section (f), 3.1.
CASELOADS = """
Service              | Children | Cases per worker
Localities           |     1849 | 18
Children we care for |      808 | 15
"""

# --- demand.xlsx: the tables of children -----------------------------------------------------------------

# Section (f), 3.2, as printed. A column is a date, or the year over which something is counted. Each table has its part
# (of its total unless it says otherwise), the unit, what our own ledgers call it, and what it joins or leaves.
CHILDREN = """
Table: Children open to the trust
Row                                       | Part  | Mar 2018 | Mar 2019 | Mar 2020 | Mar 2021 | Mar 2022 | Mar 2023 | Mar 2024 | Mar 2018 to Mar 2024
Children open to Targeted Early Help      | line  | 477  | 702  | 486  | 436  | 624  | 670  | 679  | 202
Children undergoing an assessment         | line  | 398  | 788  | 630  | 789  | 582  | 635  | 718  | 320
Children in Need with a CIN Plan          | line  | 941  | 883  | 810  | 856  | 558  | 624  | 658  | -283
Children with a CP Plan                   | line  | 829  | 584  | 671  | 485  | 409  | 333  | 473  | -356
Children in Care                          | line  | 767  | 901  | 874  | 888  | 844  | 802  | 808  | 41
Care Leavers                              | line  | 268  | 282  | 324  | 328  | 355  | 356  | 366  | 98
All open                                  | total | 3680 | 4140 | 3795 | 3782 | 3372 | 3420 | 3702 | 22

Table: Comparison with statistical neighbours
Row                                       | Part  | Unit       | Mar 2024
Children with a CP Plan                   | fact  | per 10,000 | 55.1
Children with a CP Plan, neighbours       | fact  | per 10,000 | 51.7
Children with a CP Plan, England          | fact  | per 10,000 | 46.5
Children in Care                          | fact  | per 10,000 | 94.1
Children in Care, neighbours              | fact  | per 10,000 | 96.7
Children in Care, England                 | fact  | per 10,000 | 77.1

Table: Referrals
Row                                       | Part  | Unit       | Last place | 2018-19 | 2019-20 | 2020-21 | 2021-22 | 2022-23 | 2023-24
Referrals                                 | fact  | number     | 1          | 6301    | 6377    | 5402    | 4454    | 4194    | 4434
Referrals                                 | fact  | per 10,000 | 0.01       | 759.20  | 768.36  | 650.88  | 536.66  | 494.1:0.1 | 516.6:0.1

Table: S47 enquiries
Row                                       | Part  | Unit       | Last place | 2018-19 | 2019-20 | 2020-21 | 2021-22 | 2022-23 | 2023-24
S47 enquiries                             | fact  | number     | 1          | 2316    | 2078    | 2012    | 1518    | 1541    | 1718
S47 enquiries                             | fact  | per 10,000 | 0.01       | 279.05  | 250.38  | 242.42  | 182.9:0.1 | 185.67 | 200.2:0.1

Table: Initial child protection conferences
Row                                       | Part  | Unit       | Last place | 2018-19 | 2019-20 | 2020-21 | 2021-22 | 2022-23 | 2023-24
Initial conferences                       | fact  | number     | 1          | 863     | 851     | 804     | 489     | 415     | 577
Initial conferences                       | fact  | per 10,000 | 0.01       | 10.98   | 102.54  | 96.87   | 58.92   | 51.29   | 67.23

Table: Becoming and ceasing to be looked after
Row                                       | Part   | Of               | 2018-19 | 2019-20 | 2020-21 | 2021-22 | 2022-23 | 2023-24
Becoming looked after                     | joins  | Children in Care | 362     | 194     | 226     | 163     | 161     | 188
Ceasing to be looked after                | leaves | Children in Care | 215     | 242     | 218     | 201     | 208     | 179

Table: Becoming looked after, table 9
Row                                       | Part  | Unit       | 2018-19 | 2019-20 | 2020-21 | 2021-22 | 2022-23 | 2023-24
Becoming looked after                     | fact  | number     | 362     | 194     | 226     | 163     | 161     | 188
Becoming looked after                     | fact  | per 10,000 | 44      | 23      | 27      | 18      | 19      | 22

Table: Ceasing to be looked after, table 10
Row                                       | Part  | Unit       | 2018-19 | 2019-20 | 2020-21 | 2021-22 | 2022-23 | 2023-24
Ceasing to be looked after                | fact  | number     | 215     | 242     | 218     | 201     | 208     | 179
Ceasing to be looked after                | fact  | per 10,000 | 26      | 29      | 26      | 23      | 25      | 21

Table: Neighbours' rates of children in care
Row                                       | Part    | Unit       | Mar 2024
Birmingham                                | line    | per 10,000 | 79.7
Blackburn with Darwen                     | line    | per 10,000 | 86.3
Coventry                                  | line    | per 10,000 | 87.7
Derby                                     | line    | per 10,000 | 101.5
Luton                                     | line    | per 10,000 | 62.3
Nottingham                                | line    | per 10,000 | 100.6
Peterborough                              | line    | per 10,000 | 76.6
Children in Care                          | own     | per 10,000 | 94.1
Stoke-On-Trent                            | line    | per 10,000 | 195.0
Walsall                                   | line    | per 10,000 | 96.1
Wolverhampton                             | line    | per 10,000 | 81.8
Children in Care, neighbours              | average | per 10,000 | 96.7

Table: Children in foster care
Row                                       | Part  | Our figure                              | Mar 2023 | Apr 2023 | May 2023 | Jun 2023 | Jul 2023 | Aug 2023 | Sep 2023 | Oct 2023 | Nov 2023 | Dec 2023 | Jan 2024 | Feb 2024 | Mar 2024
Foster placements, trust carers           | fact  | demand/internal_and_connected_fostering | 288 | 290 | 293 | 294 | 295 | 290 | 295 | 291 | 304 | 299 | 296 | 293 | 285
Foster placements, external               | fact  | demand/external_fostering               | 316 | 313 | 314 | 313 | 312 | 314 | 308 | 306 | 304 | 302 | 296 | 307 | 300

Table: Care experienced young people
Row                                       | Part  | Mar 2018 | Mar 2019 | Mar 2020 | Mar 2021 | Mar 2022 | Mar 2023 | Mar 2024 | Mar 2018 to Mar 2024
Care Leavers                              | fact  | 268  | 282  | 324  | 328  | 355  | 356  | 366  | 98

Table: In the text
Row                                       | Part  | Jun 2019 | Jul 2019 | Mar 2023 | Apr 2023 | Mar 2024 | 2023-24
Children in Need with a CIN Plan          | fact  | 1079     |          |          |          |          |
Children in Need over 9 months            | fact  |          |          | 106      |          | 97       |
Children with a CP Plan for over 2 years  | fact  |          |          |          |          | 16       |
Children in Care                          | fact  |          | 937      |          |          |          |
Unaccompanied children                    | fact  |          |          |          | 15       | 42       |
Foster carer applications                 | fact  |          |          |          |          |          | 19
Foster carer approvals                    | fact  |          |          |          |          |          | 5
Mainstream de-registrations               | fact  |          |          |          |          |          | 19
"""

# What the text says, and what of the tables it should come to. A date in the text is taken as the table's nearest:
# April 2018 as the end of March.
CHILDREN_STATED = """
Ref | What it is                                    | Comes to                                                                                              | Value | Unit       | Precision | Where         | As printed
C01 | Children with a CP Plan                       | Children with a CP Plan @ Mar 2024                                                                    |   453 | number     | 1         | introduction  | 453 children subject of a child protection plan
C02 | Children with a CP Plan                       | Children with a CP Plan @ Mar 2024                                                                    |   473 | number     | 1         | section (b)   | 473 Children on a Plan
C03 | Rate of children with a CP Plan               | Children with a CP Plan @ Mar 2024                                                                    |  55.1 | per 10,000 | 0.1       | section (b)   | 31st March 2024 was 55.1
C04 | Children in care                              | Children in Care @ Mar 2024                                                                           |   808 | number     | 1         | introduction  | 808 children we care for
C05 | Children in Need                              | Children in Need with a CIN Plan @ Mar 2024                                                           |   658 | number     | 1         | introduction  | 658 Children in Need
C06 | Rise in children open since March 2018        | All open @ Mar 2024 - All open @ Mar 2018                                                             |    22 | number     | 1         | section (f)   | an increase of 22 Children open
C07 | Rise in assessments since March 2018          | Children undergoing an assessment @ Mar 2024 - Children undergoing an assessment @ Mar 2018           |   320 | number     | 1         | section (f)   | increase of 320 Children
C08 | Rise in early help since March 2018           | Children open to Targeted Early Help @ Mar 2024 - Children open to Targeted Early Help @ Mar 2018     |   202 | number     | 1         | section (f)   | an increase of 202 Children
C09 | Open to social care in March 2018             | All open @ Mar 2018 - Children open to Targeted Early Help @ Mar 2018                                 |  3203 | number     | 1         | section (f)   | a total of 3,203 (including Care Leavers)
C10 | Open to social care in March 2024             | All open @ Mar 2024 - Children open to Targeted Early Help @ Mar 2024                                 |  3023 | number     | 1         | section (f)   | to 3,023
C11 | Fall in social care since March 2018          | All open @ Mar 2018 - Children open to Targeted Early Help @ Mar 2018 - All open @ Mar 2024 + Children open to Targeted Early Help @ Mar 2024 | 180 | number | 1 | section (f) | a reduction of 180
C12 | Referral rate 2018/19                         | Referrals @ 2018-19                                                                                   |   759 | per 10,000 | 1         | section (f)   | 759 per 10,000 children
C13 | Referral rate 2019/20                         | Referrals @ 2019-20                                                                                   |   768 | per 10,000 | 1         | section (f)   | 768 at the end March 2020
C14 | Referral rate 2023/24                         | Referrals @ 2023-24                                                                                   | 516.6 | per 10,000 | 0.1       | section (f)   | 516.6 per 10,000
C15 | S47 rate 2018/19                              | S47 enquiries @ 2018-19                                                                               |   279 | per 10,000 | 1         | section (f)   | a rate of 279 in March 2019
C16 | S47 rate 2022/23                              | S47 enquiries @ 2022-23                                                                               |   185 | per 10,000 | 1         | section (f)   | (185 last year)
C17 | S47 rate 2023/24                              | S47 enquiries @ 2023-24                                                                               | 200.2 | per 10,000 | 0.1       | section (f)   | 200.2 per 10,000 in March 2024
C18 | Initial conference rate 2018/19               | Initial conferences @ 2018-19                                                                         | 103.98 | per 10,000 | 0.01     | section (f)   | 103.98 in March 2019
C19 | Initial conference rate 2021/22               | Initial conferences @ 2021-22                                                                         | 58.92 | per 10,000 | 0.01      | section (f)   | 58.92 and 51.29 per 10,000
C20 | Initial conference rate 2022/23               | Initial conferences @ 2022-23                                                                         | 51.29 | per 10,000 | 0.01      | section (f)   | 58.92 and 51.29 per 10,000
C21 | Initial conference rate 2023/24               | Initial conferences @ 2023-24                                                                         | 67.23 | per 10,000 | 0.01      | section (f)   | 67.23 per 10,000 in March 2024
C22 | Children in Need, April 2018                  | Children in Need with a CIN Plan @ Mar 2018                                                           |   941 | number     | 1         | section (f)   | on 1 April 2018 with 941 children in need
C23 | Children in Need, March 2022                  | Children in Need with a CIN Plan @ Mar 2022                                                           |   558 | number     | 1         | section (f)   | 558 Children as end March 2022
C24 | Fall in Children in Need since June 2019      | Children in Need with a CIN Plan @ Jun 2019 - Children in Need with a CIN Plan @ Mar 2024             |   421 | number     | 1         | section (f)   | reduction of 421 Children
C25 | Children in Need over 9 months, March 2023    | Children in Need over 9 months @ Mar 2023 / Children in Need with a CIN Plan @ Mar 2023               |  16.5 | %          | 0.1       | section (f)   | 106 (16.5%)
C26 | Children in Need over 9 months, March 2024    | Children in Need over 9 months @ Mar 2024 / Children in Need with a CIN Plan @ Mar 2024               |  14.7 | %          | 0.1       | section (f)   | 97 (14.7%)
C27 | Children with a CP Plan, April 2018           | Children with a CP Plan @ Mar 2018                                                                    |   798 | number     | 1         | section (f)   | In April 2018, the Trust had 798
C28 | Children with a CP Plan, five years on        | Children with a CP Plan @ Mar 2023                                                                    |   339 | number     | 1         | section (f)   | the number had reduced to 339
C29 | On a CP Plan for over 2 years                 | Children with a CP Plan for over 2 years @ Mar 2024 / Children with a CP Plan @ Mar 2024              |   3.4 | %          | 0.1       | section (f)   | 3.4% on a plan for 2+ years (16 Children)
C30 | Children in care, April 2018                  | Children in Care @ Mar 2018                                                                           |   778 | number     | 1         | section (f)   | began 2018/19 with 778 children in care
C31 | Fall in children in care since July 2019      | Children in Care @ Jul 2019 - Children in Care @ Mar 2023 / Children in Care @ Jul 2019               |  14.4 | %          | 0.1       | section (f)   | (14.4% decrease)
C32 | Rise in unaccompanied children                | Unaccompanied children @ Mar 2024 - Unaccompanied children @ Apr 2023 / Unaccompanied children @ Apr 2023 | 180 | %        | 1         | section (f)   | 15 to 42 (180% increase)
C33 | Below the neighbours' rate in care            | Children in Care, neighbours @ Mar 2024 - Children in Care @ Mar 2024                                 |   2.5 | per 10,000 | 0.1       | section (f)   | 2.5 per 10,000 lower
C34 | Fall in trust carers' placements              | Foster placements, trust carers @ Mar 2023 - Foster placements, trust carers @ Mar 2024               |     3 | number     | 1         | section (f)   | reduction of 3 Children
C35 | Fall in external foster placements            | Foster placements, external @ Mar 2023 - Foster placements, external @ Mar 2024                       |    16 | number     | 1         | section (f)   | reduction of 16 Children
C36 | Residential placements, March 2023            | demand/residential/2023-03                                                                            |    51 | number     | 1         | section (f)   | in residential placements from 51
C37 | Residential placements, March 2024            | demand/residential/2024-03                                                                            |    62 | number     | 1         | section (f)   | to 62
C38 | Foster carer applications approved            | Foster carer approvals @ 2023-24 / Foster carer applications @ 2023-24                                |    31 | %          | 1         | section (f)   | (application to approval 31%)
C39 | Net fall in mainstream carers                 | Mainstream de-registrations @ 2023-24 - Foster carer approvals @ 2023-24                              |    14 | number     | 1         | section (f)   | a net decrease of 14 mainstream carers
C40 | Rise in care experienced young people         | Care Leavers @ Mar 2024 - Care Leavers @ Mar 2018                                                     |    98 | number     | 1         | section (f)   | an increase of 98 Care Experienced Young People
C41 | Becoming looked after 2023/24                 | Becoming looked after @ 2023-24                                                                       |   188 | number     | 1         | section (f)   | Entering Care was 188
C42 | Ceasing to be looked after 2023/24            | Ceasing to be looked after @ 2023-24                                                                  |   179 | number     | 1         | section (f)   | with 179 Children Ceasing Care
"""

# --- performance.xlsx -------------------------------------------------------------------------------------

# Sections (b) and (j), as printed, slips and all. "Reads" is filled in below where a band is not read as it is printed.
KPIS = """
Number | Ref  | Contract year | Name                                        | Better is | Unit         | Bands are | Green                    | Amber                        | Red           | Measure
 1     | PI1  | 2023-24       | Contacts to MASH within 24 hours            | higher    | %            | nested    | > 75%                    | > 65%                        | < 65%         | The percentage of contacts accepted as a MASH referral within 24 hours
 2     | PI2  | 2023-24       | Rate of child protection plans              | lower     | per 10,000   | nested    | <65 Children per 10,000  | < 80 Children                | > 80 Children | The rate of Children who are the subject of a Child Protection Plan (per 10,000) of our child population
 3     | PI3  | 2023-24       | Initial conferences within 15 days          | higher    | %            | nested    | > 80%                    | > 65%                        | < 65%         | The percentage of Initial Child Protection Conferences (ICPC's) held within 15 working days of the strategy discussion that agreed S47 enquiries were necessary
 4     | PI4  | 2023-24       | Single assessments within 45 days           | higher    | %            | nested    | > 85%                    | > 75%                        | < 75%         | The percentage of Single Assessments completed within 45 working days
 5     | PI5  | 2023-24       | Children unallocated over 5 days            | lower     | children     | nested    | <10                      | <30                          | >30           | The number of children unallocated for longer than 5 working days
 6     | PI6  | 2023-24       | Child protection visits within 4 weeks      | higher    | %            | nested    | >80%                     | >70%                         | <70%          | The percentage of Children subject to a CP Plan visited within 4 weeks
 7     | PI7  | 2023-24       | Child protection plans updated in 6 months  | higher    | %            | nested    | >95%                     | >85%                         | <85%          | The percentage of Children whose Child Protection Plan has been updated within the last six months
 8     | PI8  | 2023-24       | Child protection supervision in 4 weeks     | higher    | %            | nested    | >65%                     | >50%                         | <50%          | Of all children subject of a Child Protection Plan, the percentage who have evidence of formal case supervision within the previous 4 weeks
 9     | PI9  | 2023-24       | Missing return interviews in 72 hours       | higher    | %            | nested    | >70%                     | >50%                         | <50%          | The percentage of young people returning from a missing episode who have had a return interview within 72 hours
10     | PI10 | 2023-24       | Child in need visits within 4 weeks         | higher    | %            | nested    | >73%                     | >58%                         | <58%          | The percentage of Children subject to a Children in Need Plan visited within the previous four weeks
11     | PI11 | 2023-24       | Children in care visits                     | higher    | %            | nested    | >90%                     | >80%                         | <80%          | The percentage of Children we Care for visited in accordance with statutory requirements
12     | PI12 | 2023-24       | Children in care reviews on time            | higher    | %            | nested    | >80%                     | >70%                         | <70%          | The percentage of Children we Care for Reviews held within statutory timescales
13     | PI13 | 2023-24       | Social worker vacancy rate                  | lower     | %            | nested    | >32%                     | >37%                         | <37%          | The vacancy rate of permanent front line Social Workers
14     | PI14 | 2023-24       | Average case load                           | lower     | children     | nested    | >18.5                    | >23                          | <23           | Average case loads across the service
15     | PI15 | 2023-24       | Practice reviews not inadequate             | higher    | %            | nested    | >55%                     | >40%                         | <40%          | The percentage of practice reviews that are rated Requires Improvement or better
 1     | K1   | 2024-25       | Single assessments within 45 days           | higher    | %            | separate  | ≥85.0%                   | >70.01%, <84.99%             | ≤70.0%        | Out of the total number of Single Assessments, the percentage of assessments completed within 45 working days
 2     | K2   | 2024-25       | Child in need visits within 20 days         | higher    | %            | separate  | ≥73.0%                   | >57.0%, <73.0                | ≤57.0%        | % of visits for CiN taking place within 20 working days
 3     | K3   | 2024-25       | Second or later child protection plan       | lower     | %            | separate  | ≤15.0%                   | <15.0%, >22.0%               | ≥22.0%        | % children becoming subject of a CP Plan for the second or subsequent time (within two years)
 4     | K4   | 2024-25       | Rate of child protection plans              | lower     | per 10,000   | separate  | ≤45.0                    | <55.0%, >45.0                | ≥55.0         | Rate of Children on a Child Protection Plan at period end (Rate per 10,000)
 5     | K5   | 2024-25       | Disabled children's assessments updated     | higher    | %            | separate  | ≥90%                     | >80.0%, <90.0%               | ≤80.0%        | % of children open to the Trust's CwD Team with an updated assessment within the last 12 months
 6     | K6   | 2024-25       | Permanence plan by second review            | higher    | %            | separate  | ≥95%                     | >85.0%, <95.0%               | ≤85.0%        | % of children with a permanence plan by the 2nd review
 7     | K7   | 2024-25       | Rate of children in care                    | lower     | per 10,000   | separate  | ≤94.0                    | <100.0, >94.0                | ≥100.0        | Rate of Children we Care for at period end (Rate per 10,000)
 8     | K8   | 2024-25       | Three or more placement moves               | lower     | %            | separate  | ≤9%                      | <12.0%, >9.0%                | ≥12.0%        | % of CYP that have had 3 or more placement moves in the last 12 months
 9     | K9   | 2024-25       | Same placement for two years                | between   | %            | separate  | >-70-<77.99%             | >65.0% <69.99% >78.0% -100%  | <65.0%        | For children in care for 2.5 years or more, the Percentage that have been in the same placement for at least 2 years
10     | K10  | 2024-25       | Pathway plans updated                       | higher    | %            | separate  | ≥93%                     | >83.0%, <93.0%               | ≤83.0%        | % of Care Experienced YP (aged 18-21yrs) with Pathway plans updated in the last 12 months
11     | K11  | 2024-25       | Child protection plan over two years        | lower     | %            | separate  | ≤3%                      | 3% -5.0%                     | ≥5.0%         | % of children on a Child Protection plan for over 2 years
12     | K12  | 2024-25       | Social worker vacancy rate                  | lower     | %            | separate  | <34%                     | ≥34% <40.0%                  | ≥40.0%        | Vacancy Rate (% of case holding social worker posts not filled by a permanent employee)
13     | K13  | 2024-25       | Discussed in supervision in 8 weeks         | higher    | %            | separate  | ≥80%                     | >70.0%, <80.0%               | ≤70.0%        | % of children open for longer than 8 weeks that have been discussed in supervision in the previous 8 weeks
14     | K14  | 2024-25       | Child in need reviewed at 9 months          | higher    | %            | separate  | ≥80.0%                   | >70.0%, <80.0                | ≤70.0%        | % of CiN at 9 months who have been reviewed by a senior manager
15     | K15  | 2024-25       | Mainstream carer placements used            | higher    | %            | separate  | ≥92%                     | >88.0%, <92.0%               | ≤88.0%        | % usage of mainstream carer placements available against all real time vacancies (excluding carers on hold and specific vacancies)
"""

# The two whose signs are the wrong way round, read as the text of the review itself takes them.
KPIS_READ_OTHERWISE = """
Ref  | Green reads | Amber reads | Red reads | Why read so
PI13 | < 32        | < 37        | > 37      | The review calls a fall from 42.6% to 25% a downward trajectory that recruitment is to continue: less is better
PI14 | < 18.5      | < 23        | > 23      | The review calls 17.82 to 20.98 better than target and tolerance: less is better
"""

# Months whose value the review gives, or whose band it says. Every other month is missing.
KPI_MONTHS = """
Ref  | Months              | Value | Said to be   | As printed
PI1  | 07/2023             | 66.8  |              | 66.8% in July 2023
PI1  | 09/2023             | 97.8  |              | up to 97.8% in September 2023
PI2  | 04/2023 to 02/2024  |       | green        | performance in this measure has achieved target in last 12 reporting periods
PI2  | 03/2024             | 55.1  | green        | as of 31st March 2024 was 55.1
PI3  | 07/2023             | 40.5  |              | 40.5% in July 2023
PI3  | 10/2023             | 100   |              | 100% in October 2023
PI3  | 03/2024             | 92    |              | as of 31st March 2024 performance was 92%
PI6  | 04/2023 to 03/2024  |       | green        | remaining above target for all 12 reporting cycles
PI7  | 04/2023 to 03/2024  |       | green        | remained above our target for all 12 reporting months
PI8  | 07/2023             | 62.6  |              | 62.6% in July 2023
PI8  | 09/2023             | 87.9  |              | 87.9% in September 2023
PI9  | 04/2023 to 03/2024  |       | green        | above target for all 12 reporting months
PI11 | 04/2023             | 90.1  |              | 90.1% in April 2023
PI11 | 08/2023             | 81.7  |              | 81.7% in August 2023
PI12 | 02/2024             |       | red          | below target and tolerance for one month (February 2024)
PI13 | 04/2023             | 42.6  |              | April 2023 at 42.6%
PI13 | 11/2023             | 22.65 |              | November 2023 at 22.65%
PI13 | 03/2024             | 25    |              | 25% at end March 2024
PI14 | 04/2023             | 20.98 |              | an average of 20.98 in April 2023
PI14 | 02/2024             | 17.82 |              | decreased to 17.82 in February 2024
PI14 | 03/2024             | 18.1  |              | 18.1 at end March 2024
PI15 | 04/2023 to 07/2023  |       | green        | above target for whole year
PI15 | 08/2023             |       | not measured | no practice reviews took place in August 2023 and December 2023
PI15 | 09/2023 to 11/2023  |       | green        | above target for whole year
PI15 | 12/2023             |       | not measured | no practice reviews took place in August 2023 and December 2023
PI15 | 01/2024 to 03/2024  |       | green        | above target for whole year
"""

# What the review says of each indicator's year in words, and of all of them.
KPI_STATEMENTS = """
Ref  | What         | Value | As printed
     | KPIs green   | 12    | the SCT has met 12 of our KPI targets
     | KPIs amber   |  2    | a further 2 are within the contract tolerance
     | KPIs red     |  0    | no indicators within failure zone
PI1  | lowest       | 66.8  | fluctuated between 66.8% in July 2023 up to 97.8% in September 2023
PI1  | highest      | 97.8  | fluctuated between 66.8% in July 2023 up to 97.8% in September 2023
PI1  | months green | 10    | above target for 10 reporting periods
PI1  | months amber |  1    | within tolerance for 1 reporting period
PI1  | months red   |  1    | within failure for one reporting period
PI2  | months green | 12    | achieved target in last 12 reporting periods
PI3  | lowest       | 40.5  | fluctuated between 40.5% in July 2023 to 100% in October 2023
PI3  | highest      | 100   | fluctuated between 40.5% in July 2023 to 100% in October 2023
PI3  | months green |  7    | above contract target for 7 months
PI3  | months amber |  3    | within tolerance for three months
PI3  | months red   |  2    | failure for two months
PI4  | months green |  5    | above contract target for 5 months
PI4  | months amber |  6    | within tolerance for six months
PI4  | months red   |  1    | failure for one month
PI5  | months green | 10    | above target for 10 out of 12-month reporting cycle
PI5  | months red   |  1    | just one month below target and tolerance
PI6  | months green | 12    | above target for all 12 reporting cycles
PI7  | lowest       | 96.8  | between 96.8% and 99.48% throughout the year
PI7  | highest      | 99.48 | between 96.8% and 99.48% throughout the year
PI7  | months green | 12    | above our target for all 12 reporting months
PI8  | lowest       | 62.6  | fluctuated between 62.6% in July 2023 and 87.9% in September 2023
PI8  | highest      | 87.9  | fluctuated between 62.6% in July 2023 and 87.9% in September 2023
PI8  | months green | 11    | above target for 11 out of the 12 reporting months
PI9  | lowest       | 73.3  | ranged between 73.3% and 98.3%
PI9  | highest      | 98.3  | ranged between 73.3% and 98.3%
PI9  | months green | 12    | above target for all 12 reporting months
PI10 | lowest       | 63.7  | ranging between 63.7% and 76.8%
PI10 | highest      | 76.8  | ranging between 63.7% and 76.8%
PI10 | months green |  6    | above target over 6 reporting periods
PI10 | months amber |  6    | with 6 reporting periods within tolerance
PI11 | lowest       | 81.7  | from 81.7% in August 2023 and 90.1% in April 2023
PI11 | highest      | 90.1  | from 81.7% in August 2023 and 90.1% in April 2023
PI11 | months amber | 11    | within contract tolerance for 11 months
PI12 | months green |  7    | above tolerance and target for 7 out of 12 reporting months
PI12 | months amber |  4    | within tolerance for four months
PI12 | months red   |  1    | below target and tolerance for one month (February 2024)
PI13 | lowest       | 22.65 | lowest position in November 2023 at 22.65%
PI14 | lowest       | 17.82 | between 17.82 and 20.98 within the financial year
PI14 | highest      | 20.98 | between 17.82 and 20.98 within the financial year
PI14 | months green | 12    | performance has remained better than target and tolerance
PI15 | lowest       | 81.3  | ranging from 81.3% to 100%
PI15 | highest      | 100   | ranging from 81.3% to 100%
PI15 | months green | 12    | above target for whole year April 2023 – March 2024
"""

# Which indicator or driver moves which line of the plan, by how much for one step. The review prints none of it.
BRIDGE = """
Ref | Indicators                                                | What moves                                              | Step | Counted in       | Line                             | What   | By | Measured by   | Role      | Why                                                                                                                     | Source
B1  | PI13, K12                                                 | Vacancy rate up, agency workers filling the posts       | 1    | point            | Agency social workers            | number | 1  | establishment |           | Judgement: a team cannot leave its cases, so that an agency worker fills what no permanent one does                     | Section (f), PI13: 46.76 permanent vacancies, 33.4 agency workers
B1  | PI13, K12                                                 | Vacancy rate up, agency workers filling the posts       | 1    | point            | Social workers                   | number | -1 | establishment | permanent | The pay of the permanent worker who is not there is not spent                                                           |
B2  | PI13, K12                                                 | Vacancy rate up, the posts left empty                   | 1    | point            | Social workers                   | number | -1 | establishment | permanent | The pay is not spent; the cases fall to those who are left, as the average case load (PI14) shows                       | Section (f), PI13: 13.36 real time vacancies
B3  | PI13, K12                                                 | Agency posts filled by permanent workers instead        | 1    | post             | Agency social workers            | number | -1 |               |           | As breakeven workforce --convert has it, at the plan's own price of an agency post                                      | Section (f), 3.1: the workforce strategy
B3  | PI13, K12                                                 | Agency posts filled by permanent workers instead        | 1    | post             | Social workers                   | number | 1  |               | permanent | The permanent worker is paid from then on                                                                               |
B4  | PI14                                                      | Average case load down, by more permanent posts         | 1    | case a worker    | Social workers                   | number | 1  | caseload      | permanent | Judgement: workers needed for the same children; those there are beyond today's need are not taken off                  | Section (f), 3.1: caseloads of 18 and 15
B5  | K7                                                        | Rate of children in care up                             | 1    | child per 10,000 | Residential                      | number | 1  | rate          |           | Judgement: children who come into care are placed as those who are there                                                | Sections (f) and (j): 808 children at 94.1 per 10,000
B5  | K7                                                        | Rate of children in care up                             | 1    | child per 10,000 | External fostering               | number | 1  | rate          |           | Judgement: children who come into care are placed as those who are there                                                | Sections (f) and (j): 808 children at 94.1 per 10,000
B5  | K7                                                        | Rate of children in care up                             | 1    | child per 10,000 | Internal and connected fostering | number | 1  | rate          |           | Judgement: children who come into care are placed as those who are there                                                | Sections (f) and (j): 808 children at 94.1 per 10,000
B5  | K7                                                        | Rate of children in care up                             | 1    | child per 10,000 | Supported accommodation          | number | 1  | rate          |           | Judgement: children who come into care are placed as those who are there                                                | Sections (f) and (j): 808 children at 94.1 per 10,000
B5  | K7                                                        | Rate of children in care up                             | 1    | child per 10,000 | Unaccompanied children           | number | 1  | rate          |           | Judgement: children who come into care are placed as those who are there                                                | Sections (f) and (j): 808 children at 94.1 per 10,000
B6  | K15                                                       | Children moved from external to own foster carers       | 10   | children         | External fostering               | number | -1 |               |           | Judgement: own carers can take them. The review prints no number of places, so that the step is in children, not points | Section (j), K15; section (f): 23 places vacant or not available
B6  | K15                                                       | Children moved from external to own foster carers       | 10   | children         | Internal and connected fostering | number | 1  |               |           | The same children, at the price of own and connected carers                                                             |
B7  | K8, K9                                                    | Foster placements that break down into residential care | 1    | child            | External fostering               | number | -1 |               |           | Judgement: the child who leaves a foster home goes to residential care                                                  | Section (j), K8 and K9
B7  | K8, K9                                                    | Foster placements that break down into residential care | 1    | child            | Residential                      | number | 1  |               |           | The same child, at the price of a residential placement                                                                 |
N1  | PI2, PI5, K3, K4, K11                                     | Children on a protection plan, or without a worker      | 1    | child            |                                  |        |    |               |           | The same posts work with them: caseloads move (PI14) before money does, and no line of the plan follows their number    | Sections (b) and (j)
N2  | PI1, PI3, PI4, PI6, PI7, PI8, PI9, PI10, PI11, PI12, PI15 | Timeliness and quality of practice, 2023/24             | 1    | point            |                                  |        |    |               |           | They say how soon and how well the same posts work; the plan has no cost that follows                                   | Section (b)
N3  | K1, K2, K5, K6, K10, K13, K14                             | Timeliness and quality of practice, 2024/25             | 1    | point            |                                  |        |    |               |           | They say how soon and how well the same posts work; the plan has no cost that follows                                   | Section (j)
"""

# --- reported.xlsx ---------------------------------------------------------------------------------------

# Every figure that section (e) states, in its order. Value is signed as ours are: a deficit is negative.
# The 84,678,267 of Year End Position is what the review prints; it is 49 more than its own parts.
REPORTED = """
Ref | Our figure                               | What it is                                                | Value       | Unit   | Precision | As printed         | Where
E01 | outturn/contract_sum/actual              | Basic contract sum                                        |  74,475,000 | £      | 1         | £74,475,000        | Financial Context, paragraph 1
E02 | outturn/third_party_income/actual        | Third-party income                                        |   8,753,055 | £      | 1         | £8,753,055         | Financial Context, paragraph 1
E03 | outturn/variations/actual                | Additional sums from the council                          |   1,450,163 | £      | 1         | £1,450,163         | Financial Context, paragraph 2
E04 | outturn/variations.v01/actual            | Funded salary settlement                                  |     509,144 | £      | 1         | £509,144           | Financial Context, paragraph 2
E05 | outturn/variations.v02/actual            | Market supplement and retention payment                   |     341,019 | £      | 1         | £341,019           | Financial Context, paragraph 2
E06 | outturn/variations.v03/actual            | Funding for high cost agency workers                      |     600,000 | £      | 1         | £600,000           | Financial Context, paragraph 2
E07 | outturn/income/actual                    | Total income                                              |  84,678,218 | £      | 1         | £84,678,218        | Financial Context, paragraph 2
E08 | outturn/opening_balance/actual           | Opening deficit                                           |  -6,977,292 | £      | 1         | £6,977,292         | Financial Context, paragraph 3
E09 | outturn/position/actual                  | Provisional deficit for 2023/24                           |  -4,253,670 | £      | 1         | £4,253,670         | Financial Context, paragraph 3
E10 | outturn/closing_balance/actual           | Cumulative deficit at year end                            | -11,230,962 | £      | 1         | £11,230,962        | Financial Context, paragraph 3
E11 | plan/contract_sum/2024-25                | Contract sum funding for 2024/25                          |  80,800,000 | £      | 1         | £80,800,000        | Contract Sum
E12 | plan/position/2024-25                    | Aim for 2024/25 against the contract sum                  |           0 | £      | 1         | breakeven position | Contract Sum
E13 | savings/planned/2024-25                  | Cost savings to be delivered in 2024/25                   |   2,500,000 | £      | 1         | £2,500,000         | Contract Sum
E14 | outturn/income/actual                    | Income received for 2023/24                               |  84,678,267 | £      | 1         | £84,678,267        | Year End Position, paragraph 1
E15 | outturn/expenditure/actual               | Expenditure for 2023/24                                   |  88,931,888 | £      | 1         | £88,931,888        | Year End Position, paragraph 1
E16 | outturn/position/actual                  | Provisional deficit for 2023/24                           |  -4,253,670 | £      | 1         | £4,253,670         | Year End Position, paragraph 1
E17 | outturn/position/variance                | Below the aims of the Medium Term Financial Plan          |  -4,996,156 | £      | 1         | £4,996,156 below   | Year End Position, paragraph 1
E18 | demand/residential/2023-03               | Residential placements in March 2023                      |          49 | number | 1         | 49                 | Year End Position, paragraph 2
E19 | demand/residential/2024-03               | Residential placements in March 2024                      |          68 | number | 1         | 68                 | Year End Position, paragraph 2
E20 | demand/residential/price_growth          | Increase in average cost of residential placements        |        17.6 | %      | 0.1       | 17.6%              | Year End Position, paragraph 2
E21 | pressure/residential/net                 | Residential pressure, net of higher health contributions  |   5,000,000 | £      | 1,000,000 | c. £5m             | Year End Position, paragraph 2
E22 | outturn/supported_accommodation/variance | Supported accommodation pressure                          |   1,500,000 | £      | 100,000   | £1.5m              | Year End Position, paragraph 2
E23 | savings/delivered/2023-24                | Cost savings made in the year                             |   1,500,000 | £      | 100,000   | £1.5m              | Year End Position, paragraph 2
E24 | outturn/income/actual                    | Income                                                    |  84,678,218 | £      | 1         | £84,678,218        | table
E25 | outturn/expenditure/actual               | Expenditure                                               |  88,931,888 | £      | 1         | (£88,931,888)      | table
E26 | outturn/staffing/actual                  | Staffing                                                  |  32,434,958 | £      | 1         | (£32,434,958)      | table
E27 | outturn/placements/actual                | Placements                                                |  48,565,330 | £      | 1         | (£48,565,330)      | table
E28 | outturn/overheads/actual                 | Overheads                                                 |   7,931,600 | £      | 1         | (£7,931,600)       | table
E29 | outturn/position/actual                  | Deficit for the financial year                            |  -4,253,670 | £      | 1         | (£4,253,670)       | table
E30 | outturn/variations/actual                | Funding received from the council in the year             |   1,450,000 | £      | 10,000    | £1.45m             | key points, point 1
E31 | savings/delivered/2023-24                | Cost savings delivered                                    |   1,500,000 | £      | 100,000   | £1.5m              | key points, point 4
F01 | workforce/in_post/2024-03                | Social workers in post on 31 March 2024                   |      173.64 | number | 0.01      | 173.64             | (f), Case-holding Social Workers, paragraph 2
F02 | workforce/in_post/increase               | Net increase of social workers                            |        29.1 | number | 0.1       | 29.1               | (f), Case-holding Social Workers, paragraph 2
F03 | workforce/permanent/increase             | Net increase of permanent social workers                  |        23.7 | number | 0.1       | 23.7               | (f), Case-holding Social Workers, point 1
F04 | workforce/qualified/increase             | Net increase of permanent social workers without ASYE     |        13.9 | number | 0.1       | 13.9               | (f), Case-holding Social Workers, point 2
F05 | workforce/asye/increase                  | Net increase of permanent ASYEs                           |         9.8 | number | 0.1       | 9.8                | (f), Case-holding Social Workers, point 3
F06 | workforce/agency/increase                | Net increase of agency workers                            |         5.4 | number | 0.1       | 5.4                | (f), Case-holding Social Workers, point 4
F07 | workforce/vacancies/2024-03              | Permanent vacancies on 31 March 2024                      |       46.76 | number | 0.01      | 46.76              | (f), PI13 Vacancy Rates, paragraph 1
F08 | workforce/vacancy_rate/2024-03           | Permanent vacancy rate on 31 March 2024                   |          25 | %      | 1         | 25%                | (f), PI13 Vacancy Rates, paragraph 1
F09 | workforce/open_vacancies/2024-03         | Real time vacancies on 31 March 2024                      |       13.36 | number | 0.01      | 13.36              | (f), PI13 Vacancy Rates, paragraph 2
F10 | workforce/open_vacancy_rate/2024-03      | Real time vacancy rate on 31 March 2024                   |         7.1 | %      | 0.1       | 7.1%               | (f), PI13 Vacancy Rates, paragraph 2
F11 | workforce/open_vacancy_rate/2023-04      | Real time vacancy rate in April 2023                      |        22.7 | %      | 0.1       | 22.7%              | (f), PI13 Vacancy Rates, paragraph 2
"""

# --- the Notes sheet of each workbook: its title, then a note a line ---------------------------------------

NOTES_OF_ALL = """
An example for the breakeven tool, made by ledgers/make_example.py. It is no body's own ledger.
Basis says where a row stands: published rows are printed in the source below; illustrative rows are made up, and add up to what is published.
Source: Sandwell Children's Trust, annual review 2023-24, sections (e) and (f).
Amounts are in pounds and pence. The sheet Control totals has the count and the sum of every column of numbers.
"""

NOTES = {
    "contract.xlsx": """
Contract sum, variations, instalments, third-party income, claims, grants and balances, 2023/24
The contract sum, the three variations, the total of third-party income (8,753,055) and the opening balance are published.
The split of third-party income over its six named sources, and what was agreed with each, is illustrative.
The dates on which the variations were agreed, and whether they recur, are illustrative: the review gives purpose and amount only.
Instalments, claims and grants are illustrative. Instalments add up to the contract sum and to each variation; of each source's claims what was received by 31 March 2024 is its Received, and the rest its Accrued.
Third-party income of the year is what was received plus what was accrued. A deficit is negative.
""",
    "budget.xlsx": """
Budget and virements, 2023/24
Every line is illustrative. The total, 83,523,732, is the agreed income less the surplus of 742,486 that the Medium Term Financial Plan must have held for the deficit of 4,253,670 to be 4,996,156 below it.
Original budget plus virements is the revised budget. P01 (April) to P12 (March) profile the revised budget.
The last row of Budget is a total; it is no line.
""",
    "expenditure.xlsx": """
Transactions and accruals, 2023/24
Every row is illustrative; no supplier here is a real one. Transactions and accruals together come to the published outturn: staffing 32,434,958, placements 48,565,330, overheads 7,931,600.
Costs are positive and credit notes negative. Transactions stand in order of cost centre, account and date.
Accruals add to the year, prepayments and the reversals of last year's accruals take from it.
""",
    "plan.xlsx": """
Assumptions, pressures, savings and investments, 2024/25 to 2026/27
The contract sum of 2024/25 is published, as are its savings of 2,500,000 in all, those of 2023/24 of about 1.5m, the aim to break even and the five priorities. Everything else is illustrative.
A rate is in per cent on the year before: 3.5 is 3.5 per cent. A rate for a line is used before one for its category. Quality: A agreed or published, B from our own data, C judgement, D placeholder.
A recurrent amount counts a twelfth for each month from its start in its first year, and in full after; a one-off counts whole in its first year only.
Pressure PR06 is set so that 2024/25 breaks even once the savings are made.
Delivered and forecast are for the contract year in which the scheme starts.
""",
    "demand.xlsx": """
Placements and workforce, March 2023 to March 2024
Basis is that of the number of placements. Published: residential in March 2023 and March 2024 (section (e)); both kinds of fostering (section (f)); unaccompanied children in April 2023 and March 2024 (section (f)).
Every weekly cost is illustrative, as its own column says; residential's rises by the published 17.6%.
Section (f) also counts residential placements as 51 and 62 at the same dates; section (e)'s 49 and 68 are used here.
Workforce is published: section (f), 3.1.1, case-holding social workers, full-time equivalent. ASYE are among the permanent.
Birthdays in the placement register are made up: most children in residential care are 12 to 16, those in supported accommodation 16 or 17, unaccompanied children 15 to 17. Whoever is 18 already (P3020) has none.
Children holds the tables of section (f), 3.2, as printed, slips and all; Children stated what the text says of them, and what of the tables it should come to.
""",
    "performance.xlsx": """
Key performance indicators of 2023/24 and those agreed for 2024/25, with the months that are published
They are in its sections (b) and (j). Green, amber and red (target, tolerance and failure) are as printed, slips and all; what each reads as stands beside it, in the grammar of docs/performance.md.
PI13 and PI14 are printed with their signs the wrong way round, and are read as the review's own words take them; every other band is read as it is printed.
Months holds only what the review prints: a value, or the band that it says a month was in. Every other month is missing.
Stated holds what the review says in words of a year; each is held against the rest by breakeven reconcile.
Bridge says which indicator or driver moves which line of the plan. The review prints none of it: every row is a judgement, with its reason.
""",
    "reported.xlsx": """
Figures published in the annual review 2023-24, section (e)
Each row is one figure as printed and where, to be held against what the ledgers give.
Value is signed as the ledgers are: a deficit is negative. Precision is the last place printed.
E14 is copied as printed: 84,678,267 is 49 more than the review's own parts and its table.
""",
}

# --- the month end: budget.xlsx, expenditure.xlsx, demand.xlsx ---------------------------------------------------

# How the lines that follow demand were budgeted, and what they had last year: average number, and the price of one
# a week (a placement) or a year (a post). The review prints none of it.
ACTIVITY = """
Line                   | State     | Type                   | Unit      | Number | Price
Residential            | budget    | Residential            | placement |  46    |   4,450
Residential            | budget    | One-to-one support     | placement |  11.5  |   3,400
Supported accommodation| budget    | Supported accommodation| placement |  34    |     915
Supported accommodation| budget    | Support hours          | placement |   8    |     580
Unaccompanied children | budget    | Unaccompanied children | placement |  26    |     466
Agency social workers  | budget    | agency                 | post      |  23    | 103,000
Agency social workers  | budget    | high cost agency       | post      |   7    | 120,000
Residential            | last year | Residential            | placement |  45    |   4,320
Residential            | last year | One-to-one support     | placement |  11.2  |   3,290
Supported accommodation| last year | Supported accommodation| placement |  33    |     902
Supported accommodation| last year | Support hours          | placement |   7.6  |     570
Unaccompanied children | last year | Unaccompanied children | placement |  25    |     459
Agency social workers  | last year | agency                 | post      |  22    | 101,000
Agency social workers  | last year | high cost agency       | post      |   6.8  | 118,000
"""

# What each register follows. Part: per cent of the weekly cost above that falls on it; One for: one entry for so
# many placements; Of five: how many in five have a contributor, who pays so many per cent of the weekly cost.
REGISTERS = """
Type                    | Follows                 | Part | One for | Codings                            | Contributor           | Of five | Per cent
Residential             | Residential             |   84 |       1 | P1010 6010, P1020 6010, P1010 6010 | ICB health contribution | 3     | 49
One-to-one support      | Residential             |   16 |       4 | P1010 6015, P1020 6015             |                       |         |
Supported accommodation | Supported accommodation |   87 |       1 | P3010 6210, P3010 6210, P3020 6210 |                       |         |
Support hours           | Supported accommodation |   13 |       4 | P3010 6215                         |                       |         |
Unaccompanied children  | Unaccompanied children  |   73 |       1 | P3510 6210                         | Home Office funding   | 5       | 150
"""

# Entries of a month end; each is undone by itself in the next period, when the invoice comes.
MONTHLY_ACCRUALS = """
Ref  | Type       | Period | Coding     | Description                                     | Amount
M301 | accrual    | P03    | P1010 6010 | Residential fees, June invoices not received    |  148,310.40
M302 | accrual    | P03    | P1020 6010 | Residential fees, June invoices not received    |  112,640.00
M303 | accrual    | P03    | S1010 5110 | Agency timesheets to 30 June                    |   31,250.75
M304 | accrual    | P03    | O4010 7320 | Counsel's fees, hearings in June                |    8,700.00
M305 | prepayment | P03    | O3010 7220 | Licences paid for July to September             |  -12,900.00
M601 | accrual    | P06    | P1010 6010 | Residential fees, September invoices            |  171,905.20
M602 | accrual    | P06    | P1020 6010 | Residential fees, September invoices            |  126,480.65
M603 | accrual    | P06    | P3010 6210 | Supported accommodation, September              |   48,200.00
M604 | accrual    | P06    | O2010 7120 | High cost routes, second half of September      |   22,415.30
M605 | accrual    | P06    | S1020 5110 | Agency timesheets to 30 September               |   28,770.00
M606 | prepayment | P06    | O1010 7010 | Rent paid for the next quarter                  |  -18,400.00
M801 | accrual    | P08    | P1010 6010 | Residential fees, November invoices             |  182,660.00
M802 | accrual    | P08    | P3020 6210 | Supported accommodation, November               |   31,120.40
M901 | accrual    | P09    | P1010 6010 | Residential fees, December invoices             |  201,334.85
M902 | accrual    | P09    | P1020 6010 | Residential fees, December invoices             |  149,218.10
M903 | accrual    | P09    | P2010 6110 | Fostering agency fees, last week of December    |   92,405.00
M904 | accrual    | P09    | P3010 6210 | Supported accommodation, December               |   52,730.00
M905 | accrual    | P09    | O2010 7120 | High cost routes, December                      |   19,860.55
M906 | accrual    | P09    | S1010 5110 | Agency timesheets to 31 December                |   33,090.20
M907 | accrual    | P09    | O4020 7330 | Expert reports filed in December                |    9,840.00
M908 | prepayment | P09    | O3020 7230 | Payroll service, quarter 4 paid in December     |  -12,300.00
M909 | prepayment | P09    | P2010 6110 | Block places paid for January                   |  -24,150.00
"""

ORDERS = """
Order  | Date       | Coding     | Description                               | Amount    | Invoiced
PO1001 | 18/04/2023 | S5010 5210 | Practice framework training, cohort 1     | 38,400.00 | 30/06/2023
PO1002 | 09/05/2023 | O3010 7220 | Tablets for new social workers            | 27,650.00 | 14/07/2023
PO1003 | 22/06/2023 | S5020 5230 | Academy places, autumn intake             | 84,000.00 | 02/10/2023
PO1004 | 11/07/2023 | O1010 7030 | Redecoration, family centre               | 19,275.00 | 29/09/2023
PO1005 | 25/08/2023 | O4020 7330 | Parenting assessments, block of ten       | 31,500.00 | 19/12/2023
PO1006 | 14/09/2023 | S5010 5220 | Overseas recruitment campaign             | 46,800.00 | 31/01/2024
PO1007 | 03/10/2023 | O3010 7220 | Case recording licences, second half year | 52,300.00 | 12/01/2024
PO1008 | 17/10/2023 | S5010 5210 | Practice framework training, cohort 2     | 38,400.00 | 28/02/2024
PO1009 | 08/11/2023 | O1010 7020 | Heating controls                          | 14,980.00 | 15/02/2024
PO1010 | 21/11/2023 | O4010 7320 | Counsel, final hearings in February       | 22,750.00 | 08/03/2024
PO1011 | 06/12/2023 | S5020 5230 | Academy places, spring intake             | 61,500.00 | 20/03/2024
PO1012 | 14/12/2023 | O5020 7490 | Records storage and disposal              |  9,460.00 | 26/01/2024
"""

OVERRIDES = """
Line                   | Period | Forecast outturn | Reason                                                                   | Author                    | Date
Transport              | P06    |     1,440,000.00 | September routes priced; the operators' uplift is from October           | Finance business partner  | 09/10/2023
Transport              | P09    |     1,525,000.00 | Eleven more high cost routes since September than the budget has         | Finance business partner  | 10/01/2024
Legal and professional | P09    |     1,560,000.00 | Fewer expert assessments ordered; two long hearings listed for February  | Head of legal services    | 10/01/2024
"""

EXPLANATIONS = """
Line                        | Period | Kind          | Amount      | Explanation                                                                                              | Author                   | Date
Residential                 | P03    | volume        |             | 55 children against 46 budgeted: six arrived in the quarter, none of whom could be placed with carers    | Head of placements       | 10/07/2023
Supported accommodation     | P03    | volume        |             | 49 young people against 34 budgeted, most of them 16 and 17 and new to care                              | Head of placements       | 10/07/2023
Unaccompanied children      | P03    | timing        |             | Arrivals under the national transfer scheme are expected from the second quarter                         | Head of placements       | 10/07/2023
ICB health contribution     | P03    | contributions |             | Forecast from the children placed; claims for this year's arrivals are not agreed yet                    | Finance business partner | 11/07/2023
Home Office funding         | P03    | contributions |             | Follows the number of unaccompanied children, who come later than the budget has them                   | Finance business partner | 11/07/2023
Residential                 | P06    | volume        |             | 60 children, and the newest placements cost a quarter more than the average                              | Head of placements       | 09/10/2023
Supported accommodation     | P06    | volume        |             | 58 young people; the price is up by 7% since March                                                       | Head of placements       | 09/10/2023
Secure and parent and child | P06    | volume        | -103,742.40 | Two assessments fewer than budgeted                                                                      | Head of placements       | 09/10/2023
Transport                   | P06    | volume        |  150,000.00 | Eight high cost routes more than budgeted from September                                                 | Finance business partner | 10/10/2023
Transport                   | P06    | inflation     |   40,000.00 | The operators' uplift from October                                                                       | Finance business partner | 10/10/2023
Legal and professional      | P06    | volume        | -107,301.94 | Fewer expert assessments ordered                                                                         | Head of legal services   | 10/10/2023
Residential                 | P08    | volume        |             | 63 children; three came back from foster placements that broke down                                      | Head of placements       | 11/12/2023
Supported accommodation     | P08    | volume        |             | 63 young people, as unaccompanied children turn 16                                                       | Head of placements       | 11/12/2023
Transport                   | P08    | volume        |  150,000.00 | Eight high cost routes more than budgeted from September                                                 | Finance business partner | 11/12/2023
Transport                   | P08    | inflation     |   40,000.00 | The operators' uplift from October                                                                       | Finance business partner | 11/12/2023
Legal and professional      | P08    | volume        | -143,069.28 | Fewer expert assessments ordered                                                                         | Head of legal services   | 11/12/2023
Residential                 | P09    | volume        |             | 64 children against 46 budgeted; prices of new placements are still rising                               | Head of placements       | 10/01/2024
Supported accommodation     | P09    | volume        |             | 66 young people against 34 budgeted                                                                      | Head of placements       | 10/01/2024
Transport                   | P09    | volume        |  225,000.00 | Eleven high cost routes more than budgeted                                                               | Finance business partner | 11/01/2024
Transport                   | P09    | inflation     |   50,000.00 | The operators' uplift from October                                                                       | Finance business partner | 11/01/2024
ICB health contribution     | P09    | contributions |             | More children with agreed health needs than budgeted                                                     | Finance business partner | 11/01/2024
Legal and professional      | P09    | volume        | -200,000.00 | Fewer expert assessments; two long hearings still to come                                                | Head of legal services   | 10/01/2024
"""
